package io.swarmpilot.scheduler.observe;

import io.swarmpilot.scheduler.shadow.LiveTask;

/// Is told of tasks that ended. Called on the observatory's thread; must not block.
@FunctionalInterface
public interface TaskListener {
  /// A task ended, well or not.
  ///
  /// @param task its life; its payload is a [Described] when its submission was seen
  /// @param lost events that were lost so far
  void ended(LiveTask task, long lost);
}
