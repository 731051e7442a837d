package io.swarmpilot.client;

import io.swarmpilot.proto.scheduler.v1.WatchTasksResponse;

/// One thing that happened to a task.
///
/// @param event `task_state` (first word about it), `task_scheduled`, `task_started`,
///   `task_retried`, `task_completed` or `task_not_found`
/// @param task the task after it
public record TaskEvent(String event, Task task) {
  static TaskEvent of(WatchTasksResponse answer) {
    return new TaskEvent(answer.getEvent(), Task.of(answer.getData()));
  }
}
