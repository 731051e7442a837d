package io.swarmpilot.scheduler.policy;

import io.swarmpilot.scheduler.forecast.ExecutionTime;

/// The instances that could take a task now, in order of registration: under late binding those
/// with credit, under early binding those whose queue is not full. Valid during one decision.
///
/// Times are ms. NaN means unknown and counts as infinitely long.
public interface Candidates {
  /// How many there are, at least one.
  int size();

  /// Number that tells the order of registration; grows with the index and is never reused.
  long ordinal(int index);

  /// Its uuid.
  String uuid(int index);

  /// Expected time until the task would start there; exactly 0 while a slot is free.
  double waitMean(int index);

  /// Standard deviation of that time.
  double waitError(int index);

  /// How long the task is expected to execute on that kind of instance.
  ExecutionTime executionTime(int index);

  /// Recent executions there over what was expected of them: 1 as expected, 2 twice as long.
  default double slowdown(int index) {
    return 1;
  }

  /// Expected time the task would execute there, the instance's slowdown included.
  default double executionMean(int index) {
    return slowdown(index) * executionTime(index).mean();
  }

  /// Standard deviation of that time.
  default double executionError(int index) {
    return slowdown(index) * executionTime(index).error();
  }

  /// Probability that the task, given to it now, is not completed within `withinMs`.
  double missProbability(int index, double withinMs);

  /// Tasks assigned to it and not yet finished.
  int outstanding(int index);

  /// Tasks it can run at the same moment.
  int slots(int index);

  /// Share of its capacity in use, 0 to 1: tasks outstanding over the most it is given.
  double load(int index);

  /// Its recent response times, exponentially averaged (α = 0.1), queueing there included; what its
  /// model's instances usually take while it has none.
  double latencyMean(int index);

  /// Tokens it generates a second; 0 while unknown.
  double tokensPerSecond(int index);

  /// Name of its hardware; "" while unknown.
  default String hardware(int index) {
    return "";
  }

  /// GPUs it occupies, at least 1 for the purposes of cost.
  int gpus(int index);

  /// Leading blocks of the task's prefix that were sent to it lately.
  int cachedBlocks(int index);

  /// Ordinal of the instance chosen last for this model, -1 before the first choice. Policies start
  /// their search behind it, so that ties rotate.
  long lastChosen();

  /// Time until a candidate that runs several tasks at once will have read the prompts of all that
  /// it was given, ms, as far as it is foreseen; 0 for one that runs a task at a time.
  default double readingMs(int index) {
    return 0;
  }
}
