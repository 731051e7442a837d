package io.swarmpilot.scheduler.forecast;

import org.jspecify.annotations.Nullable;

/// Assignments in order, with the sums of their moments; adding and removing cost the same at any
/// length.
///
/// Sums kept by adding and subtracting drift. They are therefore taken anew after as many removals
/// as there are assignments left, and are exactly zero when there are none.
final class AssignmentList {
  private @Nullable Assignment first;
  private @Nullable Assignment last;
  private int size;
  private int removals;
  private double mean;
  private double variance;
  private double square;

  int size() {
    return size;
  }

  @Nullable Assignment first() {
    return first;
  }

  /// Σ mean, ms.
  double mean() {
    return mean;
  }

  /// Σ variance, ms².
  double variance() {
    return variance;
  }

  /// Σ (mean² + variance), ms².
  double square() {
    return square;
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
    size++;
    count(assignment.time, 1);
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
    size--;
    if (++removals >= size) {
      sumAnew();
    } else {
      count(assignment.time, -1);
    }
  }

  private void sumAnew() {
    removals = 0;
    mean = 0;
    variance = 0;
    square = 0;
    for (Assignment a = first; a != null; a = a.next) {
      count(a.time, 1);
    }
  }

  private void count(ExecutionTime time, int sign) {
    double taskMean = time.mean();
    double taskVariance = time.error() * time.error();
    mean += sign * taskMean;
    variance += sign * taskVariance;
    square += sign * (taskMean * taskMean + taskVariance);
  }
}
