package io.swarmpilot.scheduler.view;

import io.swarmpilot.scheduler.core.Effect.TaskChange;
import io.swarmpilot.scheduler.core.TaskSnapshot;

/// Follows tasks. Called by the loop: must neither block nor throw.
@FunctionalInterface
public interface TaskWatcher {
  /// Something happened to a task.
  void changed(TaskChange change, TaskSnapshot task);
}
