package io.swarmpilot.predictor.learn;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;

/// Gradient boosting for squared error: each tree is grown on what those before it leave, and only
/// a part of its correction is taken over (Friedman, 2001).
///
/// @param rounds how many trees
/// @param learningRate the part that is taken over
/// @param leaves most leaves of a tree
/// @param minRows fewest rows of a leaf
/// @param damping rows that say "nothing", added to each leaf
record Boosting(int rounds, double learningRate, int leaves, int minRows, double damping) {
  /// Trees that explain `outcome`, by row, over some of the rows.
  ///
  /// @param round called before each tree
  Ensemble fit(Bins bins, double[] outcome, int[] rows, Runnable round) {
    double base = mean(outcome, rows);
    double[] left = new double[outcome.length];
    for (int row : rows) {
      left[row] = outcome[row] - base;
    }
    TreeGrower grower = new TreeGrower(bins, leaves, minRows);
    ImmutableList.Builder<Tree> trees = ImmutableList.builder();
    ImmutableList.Builder<ImmutableDoubleArray> values = ImmutableList.builder();
    for (int i = 0; i < rounds; i++) {
      round.run();
      Tree tree = grower.grow(left, rows);
      trees.add(tree);
      values.add(correct(tree, grower, left));
    }
    return Ensemble.of(base, trees.build(), values.build());
  }

  /// Takes the correction of each leaf from what is left of its rows.
  private ImmutableDoubleArray correct(Tree tree, TreeGrower grower, double[] left) {
    double[] corrections = new double[tree.leaves()];
    for (int leaf = 0; leaf < corrections.length; leaf++) {
      int size = grower.size(leaf);
      double sum = 0;
      for (int i = 0; i < size; i++) {
        sum += left[grower.row(leaf, i)];
      }
      corrections[leaf] = learningRate * sum / (size + damping);
      for (int i = 0; i < size; i++) {
        left[grower.row(leaf, i)] -= corrections[leaf];
      }
    }
    return ImmutableDoubleArray.copyOf(corrections);
  }

  private static double mean(double[] outcome, int[] rows) {
    double sum = 0;
    for (int row : rows) {
      sum += outcome[row];
    }
    return rows.length == 0 ? 0 : sum / rows.length;
  }
}
