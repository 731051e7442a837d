package io.swarmpilot.scheduler.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/// Keeps completed tasks within their bounds of number, bytes and age; the oldest go first.
final class Retention {
  private final Limits limits;

  Retention(Limits limits) {
    this.limits = limits;
  }

  /// Forgets what is beyond the bounds of number and bytes.
  void enforce(Transition step) {
    ArrayDeque<TaskEntry> completed = step.state.completed();
    long bytes = step.state.resultBytes();
    int count = 0;
    Iterator<TaskEntry> oldest = completed.iterator();
    while (completed.size() - count > limits.maxResults() || bytes > limits.maxResultBytes()) {
      bytes -= oldest.next().resultBytes();
      count++;
    }
    forget(step, count, true);
  }

  /// Forgets what is older than it may be.
  void expire(Transition step) {
    int count = 0;
    for (TaskEntry task : step.state.completed()) {
      if (step.now - task.completedAt <= limits.resultTtl()) {
        break;
      }
      count++;
    }
    forget(step, count, false);
  }

  /// Forgets every completed task; returns how many.
  int clear(Transition step) {
    int count = step.state.completed().size();
    forget(step, count, false);
    return count;
  }

  private static void forget(Transition step, int count, boolean overflow) {
    if (count == 0) {
      return;
    }
    List<String> ids = new ArrayList<>(count);
    Iterator<TaskEntry> oldest = step.state.completed().iterator();
    for (int i = 0; i < count; i++) {
      ids.add(oldest.next().id);
    }
    step.raise(new Event.CompletedForgotten(count, overflow));
    step.effect(new Effect.HideTasks(ids, overflow));
  }
}
