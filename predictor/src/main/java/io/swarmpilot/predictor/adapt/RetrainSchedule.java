package io.swarmpilot.predictor.adapt;

/// When a key is due for training: after 40 executions, whenever they have doubled, then every
/// 2,000; after half an hour if there is anything new; and soon after a drift or a fall-back. Not
/// thread-safe.
final class RetrainSchedule {
  static final long FIRST = 40;
  private static final long MOST_APART = 2_000;
  private static final double MOST_SECONDS = 1_800;
  private static final long AFTER_DRIFT = 100;
  private static final long AFTER_FALLBACK = 500;

  private long executions;
  private long trainedAt;
  private long next;
  private double trainedTime;

  /// Starts with executions that are known already.
  ///
  /// @param trained whether a model has been trained from them
  RetrainSchedule(long executions, boolean trained, double now) {
    this.executions = executions;
    this.trainedAt = trained ? executions : 0;
    this.trainedTime = now;
    this.next = nextAfter(trainedAt);
  }

  /// Counts an execution; whether it is time to train.
  boolean count(double now) {
    executions++;
    return executions >= FIRST
        && (executions >= next || (trainedAt > 0 && now - trainedTime >= MOST_SECONDS));
  }

  /// Brings the next training forward: what was learned does not hold any more.
  void drifted() {
    next = Math.min(next, executions + AFTER_DRIFT);
  }

  /// Brings the next training forward, less: simpler sources answer well meanwhile.
  void fellBack() {
    next = Math.min(next, executions + AFTER_FALLBACK);
  }

  /// Notes that training begins, with all executions so far.
  void training(double now) {
    trainedAt = executions;
    trainedTime = now;
    next = nextAfter(executions);
  }

  private static long nextAfter(long executions) {
    return executions + Math.clamp(executions, FIRST, MOST_APART);
  }
}
