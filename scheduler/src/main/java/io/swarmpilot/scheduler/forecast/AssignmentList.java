package io.swarmpilot.scheduler.forecast;

import org.jspecify.annotations.Nullable;

/// Assignments in order, with the sums of their moments; adding and removing cost the same at any
/// length.
final class AssignmentList {
  private final TaskSums sums = new TaskSums();
  private @Nullable Assignment first;
  private @Nullable Assignment last;

  int size() {
    return sums.count();
  }

  @Nullable Assignment first() {
    return first;
  }

  /// What its tasks add up to.
  TaskSums sums() {
    return sums;
  }

  void append(Assignment assignment) {
    assignment.list = this;
    assignment.previous = last;
    assignment.next = null;
    if (last == null) {
      first = assignment;
    } else {
      last.next = assignment;
    }
    last = assignment;
    sums.add(assignment.time);
  }

  void remove(Assignment assignment) {
    Assignment before = assignment.previous;
    Assignment after = assignment.next;
    if (before == null) {
      first = after;
    } else {
      before.next = after;
    }
    if (after == null) {
      last = before;
    } else {
      after.previous = before;
    }
    assignment.list = null;
    sums.remove(assignment.time);
  }
}
