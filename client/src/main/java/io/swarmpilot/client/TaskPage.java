package io.swarmpilot.client;

import io.swarmpilot.proto.scheduler.v1.ListTasksResponse;
import java.util.List;
import java.util.Optional;

/// A page of tasks.
///
/// @param totalTasks tasks that match in all
/// @param tasks tasks of this page, newest first
/// @param nextPageToken token of the next page; empty when this is the last
public record TaskPage(int totalTasks, List<Task> tasks, Optional<String> nextPageToken) {
  /// Copies the list.
  public TaskPage {
    tasks = List.copyOf(tasks);
  }

  static TaskPage of(ListTasksResponse answer) {
    return new TaskPage(
        answer.getTotalTasks(),
        answer.getTasksList().stream().map(Task::of).toList(),
        answer.hasNextPageToken() ? Optional.of(answer.getNextPageToken()) : Optional.empty());
  }
}
