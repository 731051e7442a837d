package io.swarmpilot.scheduler.forecast;

import org.jspecify.annotations.Nullable;

/// One task's place in a [QueueForecast]; the receipt for adding it, needed to take it out again.
public final class Assignment {
  final ExecutionTime time;
  @Nullable AssignmentList list;
  @Nullable Assignment previous;
  @Nullable Assignment next;
  long startedNanos;

  Assignment(ExecutionTime time) {
    this.time = time;
  }
}
