package io.swarmpilot.scheduler.predict;

import java.util.concurrent.atomic.LongAdder;

/// Counts what kept the predictor from being of use. Safe for use by several threads.
public final class PredictorFaults {
  private final LongAdder fallbacks = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder malformed = new LongAdder();
  private final LongAdder late = new LongAdder();
  private final LongAdder skipped = new LongAdder();

  /// Tasks placed, at least on some kind of instance, by something simpler than a prediction.
  public long fallbacks() {
    return fallbacks.sum();
  }

  /// Calls that ended without an answer.
  public long failed() {
    return failed.sum();
  }

  /// Answers with a distribution that is none, or with another number of them than was asked for.
  public long malformed() {
    return malformed.sum();
  }

  /// Tasks for which the answer did not come within the budget.
  public long late() {
    return late.sum();
  }

  /// Calls not made, because too many were on their way or none had succeeded for a while.
  public long skipped() {
    return skipped.sum();
  }

  void countFallback() {
    fallbacks.increment();
  }

  void countFailed() {
    failed.increment();
  }

  void countMalformed() {
    malformed.increment();
  }

  void countLate() {
    late.increment();
  }

  void countSkipped() {
    skipped.increment();
  }
}
