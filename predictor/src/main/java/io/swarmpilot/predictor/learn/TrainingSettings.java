package io.swarmpilot.predictor.learn;

/// How to train.
///
/// @param testShare share of the samples, the last ones, that metrics are measured on, 0.05 to 0.5
/// @param rounds most boosting rounds, 1 to 2,000
/// @param learningRate share of each tree's correction that is taken over, above 0, at most 1
/// @param leaves most leaves of a tree, 2 to 256
public record TrainingSettings(double testShare, int rounds, double learningRate, int leaves) {
  /// Fewest samples that anything is learned from.
  public static final int LEAST_SAMPLES = 10;

  /// What is good for most.
  public static final TrainingSettings DEFAULTS = new TrainingSettings(0.2, 80, 0.1, 31);

  /// Checks the ranges.
  ///
  /// @throws IllegalArgumentException naming the setting that is out of its range
  public TrainingSettings {
    check(testShare >= 0.05 && testShare <= 0.5, "testShare must be between 0.05 and 0.5");
    check(rounds >= 1 && rounds <= 2_000, "rounds must be between 1 and 2000");
    check(learningRate > 0 && learningRate <= 1, "learningRate must be above 0 and at most 1");
    check(leaves >= 2 && leaves <= 256, "leaves must be between 2 and 256");
  }

  private static void check(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
