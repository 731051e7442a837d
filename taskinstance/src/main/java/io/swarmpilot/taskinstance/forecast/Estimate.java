package io.swarmpilot.taskinstance.forecast;

/// A duration that is not known exactly.
///
/// @param meanMs mean, ms, >= 0
/// @param sdMs standard deviation, ms, >= 0
public record Estimate(double meanMs, double sdMs) {
  /// No time at all, for sure.
  public static final Estimate ZERO = new Estimate(0, 0);

  /// Checks the bounds.
  public Estimate {
    if (!isDuration(meanMs) || !isDuration(sdMs)) {
      throw new IllegalArgumentException("not a duration: " + meanMs + " ± " + sdMs);
    }
  }

  /// Whether a number can be a mean or a deviation: finite and >= 0.
  public static boolean isDuration(double ms) {
    return Double.isFinite(ms) && ms >= 0;
  }

  /// This duration followed by an independent one.
  public Estimate plus(Estimate next) {
    return new Estimate(meanMs + next.meanMs, Math.hypot(sdMs, next.sdMs));
  }
}
