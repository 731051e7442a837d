package io.swarmpilot.benchmark.load;

import java.util.random.RandomGenerator;

/// How requests follow each other at a rate of one.
public sealed interface Spacing {
  /// One after the other, all gaps alike.
  Spacing EVEN = new Even();

  /// Independent users: a Poisson process.
  Spacing POISSON = new Poisson();

  /// The gap to the next request, of mean 1.
  double next(RandomGenerator random);

  /// All gaps are 1.
  record Even() implements Spacing {
    @Override
    public double next(RandomGenerator random) {
      return 1;
    }
  }

  /// Exponential gaps.
  record Poisson() implements Spacing {
    @Override
    public double next(RandomGenerator random) {
      return random.nextExponential();
    }
  }

  /// Gaps of a gamma distribution: the smaller its shape, the more they come in bursts.
  ///
  /// @param shape 1 is Poisson, below 1 burstier, above 1 more even; 0.01 to 1,000
  record Gamma(double shape) implements Spacing {
    private static final double LEAST = 0.01;
    private static final double MOST = 1_000;

    /// Refuses a shape out of bounds.
    public Gamma {
      if (!(shape >= LEAST && shape <= MOST)) {
        throw new IllegalArgumentException("burstiness must be from 0.01 to 1,000, not " + shape);
      }
    }

    @Override
    public double next(RandomGenerator random) {
      return draw(shape, random) / shape;
    }

    /// Marsaglia and Tsang's method; a shape below 1 is had from the shape above it.
    private static double draw(double shape, RandomGenerator random) {
      if (shape < 1) {
        return draw(shape + 1, random) * Math.pow(1 - random.nextDouble(), 1 / shape);
      }
      double d = shape - 1.0 / 3;
      double c = 1 / Math.sqrt(9 * d);
      while (true) {
        double x = random.nextGaussian();
        double v = 1 + c * x;
        v = v * v * v;
        if (v > 0
            && Math.log(1 - random.nextDouble()) < 0.5 * x * x + d - d * v + d * Math.log(v)) {
          return d * v;
        }
      }
    }
  }
}
