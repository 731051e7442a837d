package io.swarmpilot.taskinstance.queue;

import java.util.List;

/// One replica at a moment.
///
/// @param stopping whether it ends after what it runs
/// @param taskIds tasks it runs
public record ReplicaView(String replicaId, boolean stopping, List<String> taskIds) {}
