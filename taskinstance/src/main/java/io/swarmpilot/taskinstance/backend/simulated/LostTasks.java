package io.swarmpilot.taskinstance.backend.simulated;

import com.google.common.collect.EvictingQueue;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;

/// The tasks that a replica was lost for lately: another attempt of theirs is spared, or it would
/// meet the same fate.
final class LostTasks {
  private static final int KEPT = 10_000;

  private final Queue<String> latest = EvictingQueue.create(KEPT);
  private final Set<String> ids = new HashSet<>();

  /// Whether it was lost for this task before; from now on it was.
  synchronized boolean noteAgain(String id) {
    if (!ids.add(id)) {
      return true;
    }
    if (latest.size() == KEPT) {
      ids.remove(latest.element());
    }
    latest.add(id);
    return false;
  }
}
