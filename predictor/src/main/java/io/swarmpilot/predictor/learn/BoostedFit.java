package io.swarmpilot.predictor.learn;

import com.google.common.primitives.ImmutableDoubleArray;
import java.util.Arrays;
import java.util.function.IntPredicate;
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
    double[][] data = rows.rows();
    ResponseSurface surface =
        ResponseSurface.fit(data, rows.logTimes(), TaskDemand.RIDGE).surface();
    double[] left = new double[data.length];
    for (int i = 0; i < left.length; i++) {
      left[i] = rows.logTimes()[i] - surface.at(data[i]);
    }
    LeftOut leftOut = leftOut(left);
    double[] surprises = leftOut.surprises();
    Ensemble location = boosting(leftOut.rounds()).fit(bins, left, all(), round);
    double[] distances = Arrays.stream(surprises).map(Math::abs).toArray();
    SpreadSurface spread = SpreadSurface.fit(data, distances);
    for (int i = 0; i < distances.length; i++) {
      distances[i] /= spread.at(data[i]);
    }
    Ensemble factor = spreadBoosting().fit(bins, distances, all(), round);
    BoostedModel shapeless =
        new BoostedModel(
            rows.task(),
            surface,
            location,
            spread,
            factor,
            ImmutableDoubleArray.of(),
            rows.count(),
            heldOut);
    for (int i = 0; i < surprises.length; i++) {
      surprises[i] /= shapeless.spreadAt(data[i]);
    }
    return shapeless.shaped(ImmutableDoubleArray.copyOf(Shape.of(surprises)));
  }

  /// Grows trees on some rows to see how they do on the others, and how many of them do best.
  private LeftOut leftOut(double[] left) {
    int folds = folds(left.length);
    LeftOut leftOut = new LeftOut(rows.rows(), left, settings.rounds());
    for (int f = 0; f < folds; f++) {
      int fold = f;
      int[] grownOn = rowsWhere(i -> i / BLOCK % folds != fold);
      int[] kept = rowsWhere(i -> i / BLOCK % folds == fold);
      leftOut.judge(boosting(settings.rounds()).fit(bins, left, grownOn, round), kept);
    }
    return leftOut;
  }

  private int[] rowsWhere(IntPredicate chosen) {
    return IntStream.range(0, rows.count()).filter(chosen).toArray();
  }

  private Boosting boosting(int rounds) {
    int leaves = Math.clamp(rows.count() / 50, 2, settings.leaves());
    return new Boosting(rounds, settings.learningRate(), leaves, leastRows(), DAMPING);
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
