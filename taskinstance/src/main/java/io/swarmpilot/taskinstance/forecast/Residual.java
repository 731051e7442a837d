package io.swarmpilot.taskinstance.forecast;

/// What is left of a duration, given how much of it has passed.
public final class Residual {
  // Nothing is known so exactly that an overdue task could be said to end at once.
  private static final double LEAST_VARIATION = 0.05;
  // Beyond this many standard deviations the closed form is 0/0.
  private static final double FAR_TAIL = 5;

  private Residual() {}

  /// The rest of a duration that is taken to be lognormal, after `elapsedMs` of it. Its mean is
  /// never "mean minus elapsed": a task that is overdue is expected to take the longer, the less
  /// certain its duration was.
  public static Estimate after(Estimate total, double elapsedMs) {
    if (elapsedMs <= 0 || total.meanMs() <= 0) {
      return total;
    }
    double variation = Math.max(total.sdMs() / total.meanMs(), LEAST_VARIATION);
    double logVariance = Math.log1p(variation * variation);
    double sigma = Math.sqrt(logVariance);
    double mu = Math.log(total.meanMs()) - logVariance / 2;
    double z = (Math.log(elapsedMs) - mu) / sigma;
    if (z > FAR_TAIL) {
      return farTail(elapsedMs, sigma, z);
    }
    double survival = Normal.upperTail(z);
    double mean = total.meanMs() * Normal.upperTail(z - sigma) / survival;
    double square =
        total.meanMs()
            * total.meanMs()
            * Math.exp(logVariance)
            * Normal.upperTail(z - 2 * sigma)
            / survival;
    double variance = Math.max(0, square - mean * mean);
    return new Estimate(Math.max(0, mean - elapsedMs), Math.sqrt(variance));
  }

  /// Far out, the rest is nearly exponential with the mean 1 / hazard.
  private static Estimate farTail(double elapsedMs, double sigma, double z) {
    double mean = elapsedMs * sigma / z;
    return new Estimate(mean, mean);
  }
}
