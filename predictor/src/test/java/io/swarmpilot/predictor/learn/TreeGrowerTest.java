package io.swarmpilot.predictor.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import com.google.common.primitives.ImmutableIntArray;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TreeGrowerTest {
  private static final int MIN_ROWS = 3;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void theFirstSplitExplainsAsMuchAsTheBestOfAll(long seed) {
    RandomGenerator random = new SplittableRandom(seed);
    double[][] columns = columns(3, 60, random);
    double[] target = target(columns, random);

    Grown grown = grow(columns, target, 2);

    assertThat(squaredError(grown.leafOfRow.toArray(), target))
        .isCloseTo(bestError(columns, target), within(1e-9));
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14})
  void aRowIsLedToTheLeafItWasGrownIn(long seed) {
    RandomGenerator random = new SplittableRandom(seed);
    double[][] columns = columns(4, 300, random);
    double[] target = target(columns, random);

    Grown grown = grow(columns, target, 16);

    ImmutableDoubleArray numbers =
        ImmutableDoubleArray.copyOf(IntStream.range(0, grown.tree.leaves()).asDoubleStream());
    Ensemble ensemble = Ensemble.of(0, ImmutableList.of(grown.tree), ImmutableList.of(numbers));
    for (int row = 0; row < target.length; row++) {
      assertThat(ensemble.at(row(columns, row))).isEqualTo(grown.leafOfRow.get(row));
    }
    assertThat(grown.tree.leaves()).isBetween(2, 16);
    assertThat(grown.smallest).isGreaterThanOrEqualTo(MIN_ROWS);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 200})
  void whatDoesNotVaryIsNotSplit(int rows) {
    double[][] columns = {new double[rows]};
    Grown grown = grow(columns, new double[rows], 8);

    assertThat(grown.tree.leaves()).isEqualTo(1);
  }

  /// @param leafOfRow leaf that each row was grown in
  /// @param smallest rows of the smallest leaf
  private record Grown(Tree tree, ImmutableIntArray leafOfRow, int smallest) {}

  private static Grown grow(double[][] columns, double[] target, int leaves) {
    TreeGrower grower = new TreeGrower(Bins.of(columns), leaves, MIN_ROWS);
    Tree tree = grower.grow(target, IntStream.range(0, target.length).toArray());
    int[] leafOfRow = new int[target.length];
    int smallest = Integer.MAX_VALUE;
    for (int leaf = 0; leaf < tree.leaves(); leaf++) {
      smallest = Math.min(smallest, grower.size(leaf));
      for (int i = 0; i < grower.size(leaf); i++) {
        leafOfRow[grower.row(leaf, i)] = leaf;
      }
    }
    return new Grown(tree, ImmutableIntArray.copyOf(leafOfRow), smallest);
  }

  /// Every column, every threshold, counted out; what is missing goes right.
  private static double bestError(double[][] columns, double[] target) {
    double best = squaredError(new int[target.length], target);
    for (double[] column : columns) {
      for (double threshold : column) {
        int[] side = new int[target.length];
        int right = 0;
        for (int row = 0; row < side.length; row++) {
          side[row] = column[row] <= threshold ? 0 : 1;
          right += side[row];
        }
        if (right >= MIN_ROWS && side.length - right >= MIN_ROWS) {
          best = Math.min(best, squaredError(side, target));
        }
      }
    }
    return best;
  }

  private static double squaredError(int[] group, double[] target) {
    double[] sum = new double[64];
    int[] count = new int[64];
    for (int i = 0; i < group.length; i++) {
      sum[group[i]] += target[i];
      count[group[i]]++;
    }
    double error = 0;
    for (int i = 0; i < group.length; i++) {
      double off = target[i] - sum[group[i]] / count[group[i]];
      error += off * off;
    }
    return error;
  }

  private static double[][] columns(int count, int rows, RandomGenerator random) {
    double[][] columns = new double[count][rows];
    for (double[] column : columns) {
      for (int row = 0; row < rows; row++) {
        column[row] = random.nextInt(10) == 0 ? Double.NaN : random.nextInt(20);
      }
    }
    return columns;
  }

  private static double[] target(double[][] columns, RandomGenerator random) {
    double[] target = new double[columns[0].length];
    for (int row = 0; row < target.length; row++) {
      double x = columns[0][row];
      target[row] = (Double.isNaN(x) ? 5 : x > 7 ? 3 : 0) + random.nextGaussian();
    }
    return target;
  }

  private static double[] row(double[][] columns, int row) {
    double[] values = new double[columns.length];
    for (int c = 0; c < values.length; c++) {
      values[c] = columns[c][row];
    }
    return values;
  }
}
