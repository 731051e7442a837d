package io.swarmpilot.taskinstance.backend.simulated;

import java.util.List;
import java.util.random.RandomGenerator;

/// How long an execution takes that has a replica to itself.
sealed interface Latency {
  /// Draws one latency, ms, >= 0.
  double draw(RandomGenerator random);

  /// Always the same.
  record Constant(double ms) implements Latency {
    @Override
    public double draw(RandomGenerator random) {
      return ms;
    }
  }

  /// Many short ones, few long ones.
  record Exponential(double meanMs) implements Latency {
    @Override
    public double draw(RandomGenerator random) {
      return meanMs * random.nextExponential();
    }
  }

  /// The usual shape of service times, by mean and coefficient of variation.
  record Lognormal(double meanMs, double cv) implements Latency {
    @Override
    public double draw(RandomGenerator random) {
      double variance = Math.log1p(cv * cv);
      return meanMs * Math.exp(Math.sqrt(variance) * random.nextGaussian() - variance / 2);
    }
  }

  /// Between the constant (cv 0) and the exponential (cv 1) and beyond, by mean and coefficient of
  /// variation.
  record Gamma(double meanMs, double cv) implements Latency {
    @Override
    public double draw(RandomGenerator random) {
      if (cv == 0) {
        return meanMs;
      }
      double shape = 1 / (cv * cv);
      return meanMs / shape * standard(shape, random);
    }

    /// Marsaglia and Tsang, "A simple method for generating gamma variables", 2000.
    private static double standard(double shape, RandomGenerator random) {
      if (shape < 1) {
        return standard(shape + 1, random) * Math.pow(1 - random.nextDouble(), 1 / shape);
      }
      double d = shape - 1.0 / 3;
      double c = 1 / Math.sqrt(9 * d);
      while (true) {
        double normal = random.nextGaussian();
        double v = Math.pow(1 + c * normal, 3);
        double u = 1 - random.nextDouble();
        if (v > 0 && Math.log(u) < normal * normal / 2 + d - d * v + d * Math.log(v)) {
          return d * v;
        }
      }
    }
  }

  /// As measured: linear between the quantiles that are known, none beyond them.
  ///
  /// @param points at least one, probabilities ascending, latencies not descending
  record Empirical(List<Point> points) implements Latency {
    /// Copies the list.
    public Empirical {
      points = List.copyOf(points);
    }

    @Override
    public double draw(RandomGenerator random) {
      double share = random.nextDouble();
      Point below = points.getFirst();
      for (Point point : points) {
        if (point.probability > share) {
          return between(below, point, share);
        }
        below = point;
      }
      return below.ms;
    }

    private static double between(Point below, Point above, double share) {
      double width = above.probability - below.probability;
      double way = width > 0 ? Math.max(0, (share - below.probability) / width) : 0;
      return below.ms + way * (above.ms - below.ms);
    }
  }

  /// This share of the executions, `probability`, takes at most `ms`.
  record Point(double probability, double ms) {}
}
