package io.swarmpilot.predictor.learn;

import com.google.common.primitives.ImmutableDoubleArray;
import java.util.Arrays;
import java.util.stream.IntStream;

/// Trains a [BoostedModel].
///
/// Spread and shape are those of what trees leave of rows that they were not grown on: of its own
/// rows a tree leaves too little, and quantiles made of that cover less than they say.
final class BoostedFit {
  /// Rows that follow one another tell much the same: they are kept in or left out together.
  private static final int BLOCK = 50;

  private static final int FEW = 5_000;
  private static final int SPREAD_ROUNDS = 40;
  private static final int SPREAD_LEAVES = 15;
  private static final double DAMPING = 1;

  private final TrainingRows rows;
  private final TrainingSettings settings;
  private final Runnable round;
  private final Bins bins;

  private BoostedFit(TrainingRows rows, TrainingSettings settings, Runnable round) {
    this.rows = rows;
    this.settings = settings;
    this.round = round;
    this.bins = Bins.of(rows.columns());
  }

  /// A model of these rows.
  ///
  /// @param round called before each tree
  static BoostedModel fit(
      TrainingRows rows, TrainingSettings settings, HeldOut heldOut, Runnable round) {
    return new BoostedFit(rows, settings, round).fit(heldOut);
  }

  /// How many trees are grown for a number of rows.
  static int trees(int rows, TrainingSettings settings) {
    return (folds(rows) + 1) * settings.rounds() + SPREAD_ROUNDS;
  }

  private static int folds(int rows) {
    return rows < FEW ? 3 : 2;
  }

  private BoostedModel fit(HeldOut heldOut) {
    ResponseSurface surface = ResponseSurface.fit(rows.rows(), rows.logTimes()).surface();
    double[] left = new double[rows.count()];
    for (int i = 0; i < left.length; i++) {
      left[i] = rows.logTimes()[i] - surface.at(rows.rows()[i]);
    }
    double[] surprises = surprises(left);
    Ensemble location = boosting().fit(bins, left, all(), round);
    double[] distances = Arrays.stream(surprises).map(Math::abs).toArray();
    Ensemble spread = spreadBoosting().fit(bins, distances, all(), round);
    double leastSpread = Math.max(1e-4, 0.1 * Arrays.stream(distances).average().orElse(0));
    for (int i = 0; i < surprises.length; i++) {
      surprises[i] /= Math.max(leastSpread, spread.at(rows.rows()[i]));
    }
    return new BoostedModel(
        rows.task(),
        surface,
        location,
        spread,
        leastSpread,
        ImmutableDoubleArray.copyOf(Shape.of(surprises)),
        rows.count(),
        heldOut);
  }

  /// What trees leave of rows that they were not grown on.
  private double[] surprises(double[] left) {
    int folds = folds(left.length);
    double[] surprises = new double[left.length];
    for (int f = 0; f < folds; f++) {
      int fold = f;
      int[] others =
          IntStream.range(0, left.length).filter(i -> i / BLOCK % folds != fold).toArray();
      Ensemble trees = boosting().fit(bins, left, others, round);
      for (int i = 0; i < left.length; i++) {
        if (i / BLOCK % folds == fold) {
          surprises[i] = left[i] - trees.at(rows.rows()[i]);
        }
      }
    }
    return surprises;
  }

  private Boosting boosting() {
    int leaves = Math.clamp(rows.count() / 50, 2, settings.leaves());
    return new Boosting(settings.rounds(), settings.learningRate(), leaves, leastRows(), DAMPING);
  }

  private Boosting spreadBoosting() {
    int leaves = Math.clamp(rows.count() / 100, 2, SPREAD_LEAVES);
    return new Boosting(
        SPREAD_ROUNDS, settings.learningRate(), leaves, 2 * leastRows() + 10, 5 * DAMPING);
  }

  private int leastRows() {
    return Math.clamp(rows.count() / 50, 5, 20);
  }

  private int[] all() {
    return IntStream.range(0, rows.count()).toArray();
  }
}
