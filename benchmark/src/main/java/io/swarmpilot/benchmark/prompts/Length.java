package io.swarmpilot.benchmark.prompts;

import java.util.random.RandomGenerator;

/// A distribution of lengths in tokens: normal about a mean, rounded, cut to a range.
///
/// @param mean above 0
/// @param deviation standard deviation before the cut; 0 for a constant
/// @param least at least 1
/// @param most at most 1,000,000
public record Length(double mean, double deviation, int least, int most) {
  /// Most tokens.
  public static final int MOST_TOKENS = 1_000_000;

  /// Refuses what is no distribution.
  public Length {
    require(least >= 1 && most <= MOST_TOKENS, "lengths must be from 1 to 1,000,000 tokens");
    require(least <= most, "the least length is above the most");
    require(mean >= least && mean <= most, "the mean length is not within its range");
    require(deviation >= 0 && Double.isFinite(deviation), "the deviation of lengths is below 0");
  }

  /// Always this many.
  public static Length constant(int tokens) {
    return new Length(tokens, 0, tokens, tokens);
  }

  /// About so many, between 1 and four times the deviation above the mean.
  public static Length normal(double mean, double deviation) {
    int most = (int) Math.min(MOST_TOKENS, Math.ceil(mean + 4 * deviation));
    return new Length(mean, deviation, 1, Math.max(1, most));
  }

  /// A length.
  int draw(RandomGenerator random) {
    double length = deviation == 0 ? mean : mean + deviation * random.nextGaussian();
    return Math.clamp(Math.round(length), least, most);
  }

  private static void require(boolean holds, String wrong) {
    if (!holds) {
      throw new IllegalArgumentException(wrong);
    }
  }
}
