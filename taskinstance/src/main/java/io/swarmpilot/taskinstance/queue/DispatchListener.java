package io.swarmpilot.taskinstance.queue;

/// The scheduler's stream, as the queue wakes it. Called on any thread, without a lock; must not
/// block.
public interface DispatchListener {
  /// Events can be taken.
  void eventsReady();

  /// Replicas or the model changed, or the instance began to shut down.
  void instanceChanged();
}
