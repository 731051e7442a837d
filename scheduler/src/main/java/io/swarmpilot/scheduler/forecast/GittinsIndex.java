package io.swarmpilot.scheduler.forecast;

/// How soon a task pays for the time it is given: the least, over all horizons t, of the expected
/// time spent until it ends or t is reached, for the probability that it has ended by then,
/// E[min(S, t)] / P(S ≤ t). ms, at most the mean.
///
/// Serving the least index first minimises the mean response time when only distributions are
/// known. For a task that surely takes its mean, and for an exponential one, it is the mean; for
/// one that is probably short and seldom very long it is far less. Source: Gittins 1979.
public final class GittinsIndex {
  private GittinsIndex() {}

  /// The index of a task that has not begun, tried at the bounds of equally likely parts; makes no
  /// objects.
  public static double of(ExecutionTime time) {
    int parts = ExecutionTime.STRATA;
    double least = time.mean();
    double below = 0;
    for (int ended = 1; ended < parts; ended++) {
      below += time.quantile(ExecutionTime.middleOf(ended - 1));
      double horizon = time.quantile((double) ended / parts);
      least = Math.min(least, (below + (parts - ended) * horizon) / ended);
    }
    return least;
  }
}
