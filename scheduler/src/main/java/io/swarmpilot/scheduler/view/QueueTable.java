package io.swarmpilot.scheduler.view;

import io.swarmpilot.scheduler.core.PoolSnapshot;
import java.util.Collection;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/// The central queues in which something waits, as they were last, by model. Written by the loop,
/// read by anyone without waiting.
public final class QueueTable {
  private final NavigableMap<String, PoolSnapshot> byModel = new ConcurrentSkipListMap<>();

  /// Shows a queue as it is now.
  public void show(PoolSnapshot queue) {
    if (queue.queued() == 0) {
      byModel.remove(queue.model());
    } else {
      byModel.put(queue.model(), queue);
    }
  }

  /// The queues in which something waits.
  public Collection<PoolSnapshot> queues() {
    return byModel.values();
  }

  /// The queue of a model, if something waits in it.
  public Optional<PoolSnapshot> find(String model) {
    return Optional.ofNullable(byModel.get(model));
  }
}
