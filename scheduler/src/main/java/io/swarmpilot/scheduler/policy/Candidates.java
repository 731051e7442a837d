package io.swarmpilot.scheduler.policy;

/// The instances that could take a task now, in order of registration. Valid during one decision.
///
/// Times are ms. NaN means unknown and counts as infinitely long.
public interface Candidates {
  /// How many there are, at least one.
  int size();

  /// Number that tells the order of registration; grows with the index and is never reused.
  long ordinal(int index);

  /// Expected time until the task would start there.
  double waitMean(int index);

  /// Standard deviation of that time.
  double waitError(int index);

  /// Expected time the task would execute there.
  double executionMean(int index);

  /// Standard deviation of that time.
  double executionError(int index);

  /// Tasks assigned to it and not yet finished.
  int outstanding(int index);

  /// Ordinal of the instance chosen last for this model, -1 before the first choice. Policies start
  /// their search behind it, so that ties rotate.
  long lastChosen();
}
