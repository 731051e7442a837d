package io.swarmpilot.scheduler.service;

import io.swarmpilot.proto.scheduler.v1.ListTasksRequest;
import io.swarmpilot.proto.scheduler.v1.ListTasksResponse;
import io.swarmpilot.runtime.error.FieldViolation;
import io.swarmpilot.runtime.error.Violations;
import io.swarmpilot.scheduler.core.TaskSnapshot;
import io.swarmpilot.scheduler.policy.PolicyRegistry;
import io.swarmpilot.scheduler.view.TaskTable;
import java.util.function.Predicate;

/// One page of tasks, asked for and validated.
///
/// @param filter which tasks
/// @param before sequence the page starts below
/// @param size most tasks
record Listing(Predicate<TaskSnapshot> filter, long before, int size) {
  private static final int MOST_TASKS = 1_000;
  private static final long MOST_BYTES = 16L << 20;

  static Listing read(ListTasksRequest request, PolicyRegistry policies) {
    Violations violations = new Violations();
    Predicate<TaskSnapshot> filter = TaskFilter.read(request, policies, violations);
    int size = request.hasPageSize() ? request.getPageSize() : MOST_TASKS;
    violations.require(
        size >= 1 && size <= MOST_TASKS, "page_size", "must be between 1 and " + MOST_TASKS);
    long before = before(request.getPageToken(), violations);
    violations.throwIfAny();
    return new Listing(filter, before, size);
  }

  ListTasksResponse answer(TaskTable tasks) {
    TaskTable.Page page = tasks.page(filter, before, size, MOST_BYTES);
    ListTasksResponse.Builder response =
        ListTasksResponse.newBuilder().setStatus("success").setTotalTasks(page.total());
    page.tasks().forEach(task -> response.addTasks(Tasks.encode(task)));
    if (page.more()) {
      response.setNextPageToken(Long.toString(page.tasks().getLast().sequence()));
    }
    return response.build();
  }

  private static long before(String token, Violations violations) {
    if (token.isEmpty()) {
      return Long.MAX_VALUE;
    }
    try {
      return Long.parseLong(token);
    } catch (NumberFormatException e) {
      violations.add(FieldViolation.invalid("page_token", "is no token of this list"));
      return 0;
    }
  }
}
