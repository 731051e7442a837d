package io.swarmpilot.predictor.model;

/// The probabilities that distributions are given at.
public final class Grids {
  private static final double[] COARSE = {0.1, 0.25, 0.5, 0.75, 0.9};
  private static final double[] FINE = {
    0.01, 0.025, 0.05, 0.1, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.9, 0.95, 0.975, 0.99
  };

  private Grids() {}

  /// For people and documented answers: the median is the third, and 80 % lie between the ends.
  public static double[] coarse() {
    return COARSE.clone();
  }

  /// For computing with: tails included.
  public static double[] fine() {
    return FINE.clone();
  }
}
