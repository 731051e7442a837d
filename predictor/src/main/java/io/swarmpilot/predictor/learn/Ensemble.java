package io.swarmpilot.predictor.learn;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import com.google.common.primitives.ImmutableIntArray;

/// A sum of trees over rows of numbers. All trees lie in four arrays, so that a row is not led all
/// over the memory.
///
/// Inner nodes are numbered through all trees. A node tests whether a number is at most its
/// threshold and goes to `children[2 n]` if so, else (or if it is missing) to `children[2 n + 1]`;
/// a negative child is the complement of the index of a leaf's value.
///
/// @param base value of no tree
/// @param roots first node of each tree, or the complement of its only leaf
/// @param features column that each node tests
/// @param thresholds what it is tested against
/// @param children two for each node
/// @param values value of each leaf
public record Ensemble(
    double base,
    ImmutableIntArray roots,
    ImmutableIntArray features,
    ImmutableDoubleArray thresholds,
    ImmutableIntArray children,
    ImmutableDoubleArray values) {
  /// The sum of these trees, leaf by leaf.
  static Ensemble of(
      double base, ImmutableList<Tree> trees, ImmutableList<ImmutableDoubleArray> leaves) {
    ImmutableIntArray.Builder roots = ImmutableIntArray.builder();
    ImmutableIntArray.Builder features = ImmutableIntArray.builder();
    ImmutableDoubleArray.Builder thresholds = ImmutableDoubleArray.builder();
    ImmutableIntArray.Builder children = ImmutableIntArray.builder();
    ImmutableDoubleArray.Builder values = ImmutableDoubleArray.builder();
    int nodes = 0;
    int ends = 0;
    for (int t = 0; t < trees.size(); t++) {
      Tree tree = trees.get(t);
      roots.add(tree.features().isEmpty() ? ~ends : nodes);
      features.addAll(tree.features());
      thresholds.addAll(tree.thresholds());
      for (int c = 0; c < tree.children().length(); c++) {
        int child = tree.children().get(c);
        children.add(child >= 0 ? child + nodes : ~(~child + ends));
      }
      values.addAll(leaves.get(t));
      nodes += tree.features().length();
      ends += tree.leaves();
    }
    return new Ensemble(
        base,
        roots.build().trimmed(),
        features.build().trimmed(),
        thresholds.build().trimmed(),
        children.build().trimmed(),
        values.build().trimmed());
  }

  /// The value of a row.
  double at(double[] row) {
    double value = base;
    for (int t = 0; t < roots.length(); t++) {
      value += tree(t, row);
    }
    return value;
  }

  /// The values of a row after none of the trees, after the first, and so on.
  void valuesAfterEach(double[] row, double[] into) {
    into[0] = base;
    for (int t = 0; t < roots.length(); t++) {
      into[t + 1] = into[t] + tree(t, row);
    }
  }

  private double tree(int number, double[] row) {
    int node = roots.get(number);
    while (node >= 0) {
      boolean left = row[features.get(node)] <= thresholds.get(node);
      node = children.get(2 * node + (left ? 0 : 1));
    }
    return values.get(~node);
  }
}
