package io.swarmpilot.predictor.learn;

import com.google.common.primitives.ImmutableDoubleArray;
import com.google.common.primitives.ImmutableIntArray;
import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;

/// Grows regression trees best first: of all leaves, the one is split next whose best split
/// explains most of the squared error of the target. After Friedman (2001), with histograms as in
/// LightGBM (Ke et al., 2017).
final class TreeGrower {
  private final Bins bins;
  private final int maxLeaves;
  private final int minRows;

  private double[] target = new double[0];
  private int[] rows = new int[0];
  private int[] scratch = new int[0];

  /// Rows of each leaf of the tree grown last: `rows[starts[leaf]]` to before `rows[ends[leaf]]`.
  private final int[] starts;

  private final int[] ends;

  /// @param maxLeaves most leaves of a tree
  /// @param minRows fewest rows of a leaf
  TreeGrower(Bins bins, int maxLeaves, int minRows) {
    this.bins = bins;
    this.maxLeaves = maxLeaves;
    this.minRows = minRows;
    this.starts = new int[maxLeaves];
    this.ends = new int[maxLeaves];
  }

  /// A tree that explains `aim`, by row, over some of the rows. Afterwards [#rowsOf] tells which
  /// row fell where.
  Tree grow(double[] aim, int[] some) {
    target = aim;
    rows = some.clone();
    scratch = new int[rows.length];
    int[] features = new int[maxLeaves - 1];
    double[] thresholds = new double[maxLeaves - 1];
    int[] children = new int[2 * (maxLeaves - 1)];
    int nodes = 0;
    int leaves = 1;
    PriorityQueue<Leaf> open = new PriorityQueue<>(Leaf.BEST_FIRST);
    starts[0] = 0;
    ends[0] = rows.length;
    consider(new Leaf(0, -1, new Histogram(0, rows.length)), open);
    while (leaves < maxLeaves && !open.isEmpty()) {
      Leaf leaf = open.remove();
      Split split = leaf.split;
      int middle = partition(starts[leaf.number], ends[leaf.number], split);
      features[nodes] = split.column;
      thresholds[nodes] = bins.threshold(split.column, split.bin);
      if (leaf.link >= 0) {
        children[leaf.link] = nodes;
      }
      int right = leaves++;
      starts[right] = middle;
      ends[right] = ends[leaf.number];
      ends[leaf.number] = middle;
      children[2 * nodes] = ~leaf.number;
      children[2 * nodes + 1] = ~right;
      descend(leaf, nodes, right, open);
      nodes++;
    }
    return new Tree(
        ImmutableIntArray.copyOf(Arrays.copyOf(features, nodes)),
        ImmutableDoubleArray.copyOf(Arrays.copyOf(thresholds, nodes)),
        ImmutableIntArray.copyOf(Arrays.copyOf(children, 2 * nodes)),
        leaves);
  }

  /// Rows in a leaf of the tree grown last.
  int size(int leaf) {
    return ends[leaf] - starts[leaf];
  }

  /// One of them.
  int row(int leaf, int index) {
    return rows[starts[leaf] + index];
  }

  /// Only the smaller part is counted anew; the other is what remains.
  private void descend(Leaf parent, int node, int right, PriorityQueue<Leaf> open) {
    int left = parent.number;
    boolean leftSmaller = size(left) <= size(right);
    int smaller = leftSmaller ? left : right;
    if (size(left) < 2 * minRows && size(right) < 2 * minRows) {
      return;
    }
    Histogram counted = new Histogram(starts[smaller], ends[smaller]);
    parent.histogram.subtract(counted);
    consider(new Leaf(left, 2 * node, leftSmaller ? counted : parent.histogram), open);
    consider(new Leaf(right, 2 * node + 1, leftSmaller ? parent.histogram : counted), open);
  }

  private void consider(Leaf leaf, PriorityQueue<Leaf> open) {
    if (size(leaf.number) >= 2 * minRows) {
      leaf.split = leaf.histogram.bestSplit(size(leaf.number));
      if (leaf.split.gain > 0) {
        open.add(leaf);
      }
    }
  }

  /// Moves rows that go left before those that go right, both in order; tells where the right ones
  /// begin.
  private int partition(int from, int to, Split split) {
    byte[] column = bins.column(split.column);
    int left = from;
    int right = 0;
    for (int i = from; i < to; i++) {
      int row = rows[i];
      if ((column[row] & 0xff) <= split.bin) {
        rows[left++] = row;
      } else {
        scratch[right++] = row;
      }
    }
    System.arraycopy(scratch, 0, rows, left, right);
    return left;
  }

  private static final class Leaf {
    static final Comparator<Leaf> BEST_FIRST =
        Comparator.comparingDouble((Leaf leaf) -> -leaf.split.gain)
            .thenComparingInt(leaf -> leaf.number);

    private final int number;
    private final int link;
    private final Histogram histogram;
    private Split split = Split.NONE;

    Leaf(int number, int link, Histogram histogram) {
      this.number = number;
      this.link = link;
      this.histogram = histogram;
    }
  }

  private record Split(int column, int bin, double gain) {
    static final Split NONE = new Split(-1, 0, 0);
  }

  /// Sums and counts of the target by column and bin.
  private final class Histogram {
    private final double[] sums = new double[bins.columns() << 8];
    private final int[] counts = new int[bins.columns() << 8];

    Histogram(int from, int to) {
      for (int c = 0; c < bins.columns(); c++) {
        byte[] column = bins.column(c);
        int base = c << 8;
        for (int i = from; i < to; i++) {
          int row = rows[i];
          int at = base + (column[row] & 0xff);
          sums[at] += target[row];
          counts[at]++;
        }
      }
    }

    void subtract(Histogram part) {
      for (int i = 0; i < sums.length; i++) {
        sums[i] -= part.sums[i];
        counts[i] -= part.counts[i];
      }
    }

    Split bestSplit(int size) {
      double total = 0;
      for (int i = 0; i < 256 && bins.columns() > 0; i++) {
        total += sums[i];
      }
      double least = total * total / size;
      Split best = Split.NONE;
      for (int c = 0; c < bins.columns(); c++) {
        double left = 0;
        int count = 0;
        int base = c << 8;
        for (int bin = 0; bin < bins.count(c); bin++) {
          left += sums[base + bin];
          count += counts[base + bin];
          if (count < minRows || counts[base + bin] == 0) {
            continue;
          }
          if (size - count < minRows) {
            break;
          }
          double right = total - left;
          double gain = left * left / count + right * right / (size - count) - least;
          if (gain > best.gain) {
            best = new Split(c, bin, gain);
          }
        }
      }
      // What rounding makes of nothing is no gain.
      return best.gain > 1e-12 * (1 + least) ? best : Split.NONE;
    }
  }
}
