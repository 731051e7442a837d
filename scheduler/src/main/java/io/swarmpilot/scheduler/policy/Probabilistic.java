package io.swarmpilot.scheduler.policy;

import java.util.random.RandomGenerator;

/// Draws an instance with a probability that follows how likely it is to finish the task first.
///
/// The likelihood is found by votes: at each of a set of probabilities, the instance whose
/// completion time (wait plus execution, as a normal) has the least quantile gets the vote, equal
/// ones share it. One draw a candidate would follow the same likelihood with far more noise, and
/// places worse than taking turns. A small share of the draws ignores the votes, so that no
/// candidate starves.
public final class Probabilistic implements EarlyPolicy {
  private static final double UNIFORM_SHARE = 0.04;

  /// Standard normal quantiles at (k + ½) / 16: each stands for the same probability.
  private static final double[] NORMAL_QUANTILES = {
    -1.8627, -1.3180, -1.0100, -0.7764, -0.5791, -0.4023, -0.2372, -0.0784,
    0.0784, 0.2372, 0.4023, 0.5791, 0.7764, 1.0100, 1.3180, 1.8627
  };

  @Override
  public String name() {
    return "probabilistic";
  }

  @Override
  public int select(
      WaitingTask task, Candidates candidates, PoolView pool, RandomGenerator random) {
    int size = candidates.size();
    if (size == 1 || random.nextDouble() < UNIFORM_SHARE) {
      return random.nextInt(size);
    }
    // Votes are equally likely: drawing the voter first and counting only its vote is the same
    // draw.
    double quantile = NORMAL_QUANTILES[random.nextInt(NORMAL_QUANTILES.length)];
    return fastestAt(quantile, candidates, random);
  }

  /// The expected completion; a draw may decide otherwise.
  @Override
  public double score(WaitingTask task, Candidates candidates, int index, PoolView pool) {
    return completion(candidates, index, 0);
  }

  private static int fastestAt(double quantile, Candidates candidates, RandomGenerator random) {
    int best = 0;
    int ties = 1;
    double least = completion(candidates, 0, quantile);
    for (int i = 1; i < candidates.size(); i++) {
      double time = completion(candidates, i, quantile);
      if (time < least) {
        best = i;
        least = time;
        ties = 1;
      } else if (time == least && random.nextInt(++ties) == 0) {
        best = i;
      }
    }
    return best;
  }

  private static double completion(Candidates candidates, int index, double quantile) {
    double mean = candidates.waitMean(index) + candidates.executionMean(index);
    double error = Math.hypot(candidates.waitError(index), candidates.executionError(index));
    return Double.isFinite(mean) && Double.isFinite(error)
        ? Math.max(0, mean + quantile * error)
        : Double.POSITIVE_INFINITY;
  }
}
