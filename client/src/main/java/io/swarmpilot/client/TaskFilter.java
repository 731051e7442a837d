package io.swarmpilot.client;

import io.swarmpilot.proto.scheduler.v1.ListTasksRequest;

/// Which tasks to list: those that match everything that is asked for.
public final class TaskFilter {
  private static final int MAX_PAGE = 1_000;

  private final ListTasksRequest request;

  private TaskFilter(ListTasksRequest request) {
    this.request = request;
  }

  /// All tasks, up to 1,000 a page.
  public static TaskFilter all() {
    return new TaskFilter(ListTasksRequest.newBuilder().setPageSize(MAX_PAGE).build());
  }

  /// The same, only tasks in this status: `queued`, `scheduled` or `completed`.
  public TaskFilter withStatus(String only) {
    return new TaskFilter(request.toBuilder().setTaskStatus(only).build());
  }

  /// The same, only tasks of this model.
  public TaskFilter withModelName(String only) {
    return new TaskFilter(request.toBuilder().setModelName(only).build());
  }

  /// The same, only tasks of this user.
  public TaskFilter withUserId(String only) {
    return new TaskFilter(request.toBuilder().setUserId(only).build());
  }

  /// The same, only tasks assigned to the instance of this uuid.
  public TaskFilter withScheduledTi(String only) {
    return new TaskFilter(request.toBuilder().setScheduledTi(only).build());
  }

  /// The same, only tasks of this priority, by name or number.
  public TaskFilter withPriority(String only) {
    return new TaskFilter(request.toBuilder().setPriority(only).build());
  }

  /// The same, only completed tasks that succeeded, or that failed.
  public TaskFilter withSuccess(boolean only) {
    return new TaskFilter(request.toBuilder().setSuccess(only).build());
  }

  /// The same, only tasks submitted at this moment or later, Unix seconds.
  public TaskFilter withSubmittedAfter(double unixSeconds) {
    return new TaskFilter(request.toBuilder().setSubmittedAfter(unixSeconds).build());
  }

  /// The same, only tasks submitted before this moment, Unix seconds.
  public TaskFilter withSubmittedBefore(double unixSeconds) {
    return new TaskFilter(request.toBuilder().setSubmittedBefore(unixSeconds).build());
  }

  /// The same, only tasks placed by this strategy.
  public TaskFilter withStrategy(String only) {
    return new TaskFilter(request.toBuilder().setStrategy(only).build());
  }

  /// The same with another size of page, 1 to 1,000.
  public TaskFilter withPageSize(int size) {
    return new TaskFilter(request.toBuilder().setPageSize(size).build());
  }

  /// The same, from another page on.
  public TaskFilter withPageToken(String token) {
    return new TaskFilter(request.toBuilder().setPageToken(token).build());
  }

  ListTasksRequest request() {
    return request;
  }
}
