package io.swarmpilot.taskinstance.backend.simulated;

import java.util.random.RandomGenerator;

/// How long an execution takes.
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
}
