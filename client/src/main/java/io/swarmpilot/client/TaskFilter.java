package io.swarmpilot.client;

import io.swarmpilot.proto.scheduler.v1.ListTasksRequest;
import java.util.Optional;

/// Which tasks to list.
///
/// @param status only tasks in this status
/// @param modelName only tasks of this model
/// @param pageSize most tasks of a page, 1 to 1,000
/// @param pageToken token of the page before
public record TaskFilter(
    Optional<String> status, Optional<String> modelName, int pageSize, Optional<String> pageToken) {
  private static final int MAX_PAGE = 1_000;

  /// All tasks, up to 1,000 a page.
  public static TaskFilter all() {
    return new TaskFilter(Optional.empty(), Optional.empty(), MAX_PAGE, Optional.empty());
  }

  /// The same, only tasks in this status.
  public TaskFilter withStatus(String only) {
    return new TaskFilter(Optional.of(only), modelName, pageSize, pageToken);
  }

  /// The same, only tasks of this model.
  public TaskFilter withModelName(String only) {
    return new TaskFilter(status, Optional.of(only), pageSize, pageToken);
  }

  /// The same with another size of page.
  public TaskFilter withPageSize(int size) {
    return new TaskFilter(status, modelName, size, pageToken);
  }

  /// The same, from another page on.
  public TaskFilter withPageToken(String token) {
    return new TaskFilter(status, modelName, pageSize, Optional.of(token));
  }

  ListTasksRequest request() {
    ListTasksRequest.Builder request = ListTasksRequest.newBuilder().setPageSize(pageSize);
    status.ifPresent(request::setTaskStatus);
    modelName.ifPresent(request::setModelName);
    pageToken.ifPresent(request::setPageToken);
    return request.build();
  }
}
