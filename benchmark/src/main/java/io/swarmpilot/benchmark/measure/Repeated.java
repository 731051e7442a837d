package io.swarmpilot.benchmark.measure;

import com.google.common.primitives.ImmutableDoubleArray;
import java.util.stream.DoubleStream;

/// A figure of several runs of the same kind.
///
/// @param values one of each run
public record Repeated(ImmutableDoubleArray values) {
  /// Two-sided 95 % quantiles of Student's t for 1 to 30 degrees of freedom.
  private static final ImmutableDoubleArray T95 =
      ImmutableDoubleArray.of(
          12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179,
          2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060,
          2.056, 2.052, 2.048, 2.045, 2.042);

  private static final double NORMAL = 1.96;

  /// These values.
  public static Repeated of(DoubleStream values) {
    return new Repeated(ImmutableDoubleArray.copyOf(values));
  }

  /// The mean; 0 of nothing.
  public double mean() {
    return values.stream().average().orElse(0);
  }

  /// Half the width of the 95 % confidence interval about the mean; infinite for fewer than two
  /// runs.
  public double halfWidth() {
    int count = values.length();
    if (count < 2) {
      return Double.POSITIVE_INFINITY;
    }
    double mean = mean();
    double squares = values.stream().map(value -> (value - mean) * (value - mean)).sum();
    double t = count - 2 < T95.length() ? T95.get(count - 2) : NORMAL;
    return t * Math.sqrt(squares / (count - 1) / count);
  }
}
