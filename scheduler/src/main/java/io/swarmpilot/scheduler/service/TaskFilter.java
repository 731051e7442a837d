package io.swarmpilot.scheduler.service;

import io.swarmpilot.proto.scheduler.v1.ListTasksRequest;
import io.swarmpilot.runtime.error.FieldViolation;
import io.swarmpilot.runtime.error.Violations;
import io.swarmpilot.scheduler.core.TaskSnapshot;
import io.swarmpilot.scheduler.core.TaskStatus;
import io.swarmpilot.scheduler.policy.PolicyRegistry;
import io.swarmpilot.scheduler.policy.Priority;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/// Which tasks a list shows: those that match every filter that was given.
final class TaskFilter {
  private static final List<String> STATUSES = List.of("", "queued", "scheduled", "completed");

  private final PolicyRegistry policies;
  private final Violations violations;
  private Predicate<TaskSnapshot> matches = task -> true;

  private TaskFilter(PolicyRegistry policies, Violations violations) {
    this.policies = policies;
    this.violations = violations;
  }

  /// The tasks that a request asks for; notes what is wrong with it.
  static Predicate<TaskSnapshot> read(
      ListTasksRequest request, PolicyRegistry policies, Violations violations) {
    TaskFilter filter = new TaskFilter(policies, violations);
    filter.status(request.getTaskStatus());
    filter.equal(request.getModelName(), TaskSnapshot::model);
    filter.equal(request.getUserId(), task -> task.traits().user());
    filter.equal(request.getScheduledTi(), TaskSnapshot::instance);
    filter.priority(request.getPriority());
    filter.strategy(request.getStrategy());
    if (request.hasSuccess()) {
      boolean success = request.getSuccess();
      filter.and(task -> task.status() == TaskStatus.COMPLETED && task.success() == success);
    }
    filter.submitted(request);
    return filter.matches;
  }

  private void status(String status) {
    violations.require(
        STATUSES.contains(status), "task_status", "must be queued, scheduled or completed");
    equal(status, task -> Tasks.status(task.status()));
  }

  private void equal(String wanted, Function<TaskSnapshot, String> actual) {
    if (!wanted.isEmpty()) {
      and(task -> wanted.equals(actual.apply(task)));
    }
  }

  private void priority(String name) {
    if (name.isEmpty()) {
      return;
    }
    Optional<Priority> priority = Tasks.priority(name);
    if (priority.isEmpty()) {
      violations.add(FieldViolation.invalid("priority", Tasks.PRIORITIES));
    }
    priority.ifPresent(wanted -> and(task -> task.traits().priority() == wanted));
  }

  private void strategy(String name) {
    if (name.isEmpty()) {
      return;
    }
    Optional<String> strategy = policies.find(name);
    if (strategy.isEmpty()) {
      violations.add(
          FieldViolation.invalid(
              "strategy", "must be one of " + String.join(", ", policies.names())));
    }
    strategy.ifPresent(wanted -> equal(wanted, TaskSnapshot::strategy));
  }

  private void submitted(ListTasksRequest request) {
    if (request.hasSubmittedAfter()) {
      double after = request.getSubmittedAfter();
      violations.require(Double.isFinite(after), "submitted_after", "must be a finite number");
      and(task -> task.submitUnix() >= after);
    }
    if (request.hasSubmittedBefore()) {
      double before = request.getSubmittedBefore();
      violations.require(Double.isFinite(before), "submitted_before", "must be a finite number");
      and(task -> task.submitUnix() < before);
    }
  }

  private void and(Predicate<TaskSnapshot> further) {
    matches = matches.and(further);
  }
}
