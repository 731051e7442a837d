package io.swarmpilot.predictor.live;

import io.swarmpilot.predictor.feature.FeatureKeys;
import io.swarmpilot.predictor.feature.Features;
import io.swarmpilot.predictor.model.ModelIdentity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The last executions of one model on one hardware and software, and what they say about a task of
/// a given size. Thread-safe.
///
/// A ring of the last [#WINDOW] executions, not a decaying histogram: quantiles are exact, a shift
/// is followed completely within one window and in the median within half of it, an outlier leaves
/// without a trace, and each execution keeps its size, so that the same ring serves every size
/// bucket and none holds on to what the others have long forgotten. It costs 20 KiB when full, a
/// report is a few array writes, and a prediction one pass and a sort.
///
/// A task is compared with the executions in its bucket: those within the same half octave of each
/// of up to [#MAX_COLUMNS] features, the most telling ones first. When there are fewer than
/// [#MIN_BUCKET] of them, all executions are used, each carried over to the size of the task along
/// the slopes of a [LogLinearFit]; beyond a factor of two outside the sizes seen, nothing is
/// extrapolated.
final class RecentExecutions {
  static final int WINDOW = 512;
  static final int MAX_COLUMNS = 4;
  static final int MIN_BUCKET = 16;

  private static final int FIRST_CAPACITY = 16;
  private static final int REFIT_EVERY = 16;
  private static final double LN2 = Math.log(2);
  private static final double HALF_OCTAVE = LN2 / 2;
  private static final double MAX_SLOPE = 2;
  private static final double MAX_LOG_TIME = 60;

  private final ModelIdentity identity;
  private final List<String> names = new ArrayList<>(MAX_COLUMNS);
  private double[] logTimes = new double[FIRST_CAPACITY];
  private double[][] columns = new double[0][];
  private double[] slopes = new double[0];
  private volatile int size;
  private int next;
  private int untilFit = REFIT_EVERY;

  RecentExecutions(ModelIdentity identity) {
    this.identity = identity;
  }

  ModelIdentity identity() {
    return identity;
  }

  /// How many executions there are to go by.
  int size() {
    return size;
  }

  /// Takes an execution in, in place of the oldest one when the ring is full.
  synchronized void add(Features features, double milliseconds) {
    adopt(features);
    if (size == logTimes.length && size < WINDOW) {
      grow();
    }
    logTimes[next] = Math.log(milliseconds);
    for (int c = 0; c < columns.length; c++) {
      columns[c][next] = scaled(features, c);
    }
    next = (next + 1) % WINDOW;
    size = Math.min(size + 1, WINDOW);
    if (--untilFit <= 0) {
      fit();
    }
  }

  /// The logarithms of the times (ms) that a task of these features could take, one for each
  /// execution it is judged by.
  synchronized double[] logTimesFor(Features features) {
    double[] task = new double[columns.length];
    for (int c = 0; c < task.length; c++) {
      task[c] = scaled(features, c);
    }
    boolean[] inBucket = new boolean[size];
    int count = 0;
    for (int i = 0; i < size; i++) {
      inBucket[i] = isInBucket(i, task);
      count += inBucket[i] ? 1 : 0;
    }
    boolean all = count < MIN_BUCKET;
    double[] reach = all ? withinReach(task) : task;
    double[] times = new double[all ? size : count];
    int to = 0;
    for (int i = 0; i < size; i++) {
      if (all || inBucket[i]) {
        times[to++] = carriedOver(i, reach);
      }
    }
    return times;
  }

  private boolean isInBucket(int execution, double[] task) {
    for (int c = 0; c < task.length; c++) {
      // Nothing is asked of a feature that the task does not state.
      if (!Double.isNaN(task[c]) && bucket(columns[c][execution]) != bucket(task[c])) {
        return false;
      }
    }
    return true;
  }

  private static int bucket(double scaled) {
    return Double.isNaN(scaled) ? Integer.MIN_VALUE : (int) Math.floor(scaled / HALF_OCTAVE);
  }

  private double carriedOver(int execution, double[] task) {
    double time = logTimes[execution];
    for (int c = 0; c < task.length; c++) {
      double distance = task[c] - columns[c][execution];
      if (!Double.isNaN(distance)) {
        time += slopes[c] * distance;
      }
    }
    return Math.clamp(time, -MAX_LOG_TIME, MAX_LOG_TIME);
  }

  private double[] withinReach(double[] task) {
    double[] reach = task.clone();
    for (int c = 0; c < reach.length; c++) {
      double low = Double.POSITIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < size; i++) {
        low = columns[c][i] < low ? columns[c][i] : low;
        high = columns[c][i] > high ? columns[c][i] : high;
      }
      if (low <= high && !Double.isNaN(reach[c])) {
        reach[c] = Math.clamp(reach[c], low - LN2, high + LN2);
      }
    }
    return reach;
  }

  private void fit() {
    dropUnstated();
    slopes = LogLinearFit.slopes(columns, logTimes, size);
    for (int c = 0; c < slopes.length; c++) {
      slopes[c] = Math.clamp(slopes[c], -MAX_SLOPE, MAX_SLOPE);
    }
    untilFit = REFIT_EVERY;
  }

  /// Makes room for other features where no execution of the window states one any more.
  private void dropUnstated() {
    for (int c = columns.length - 1; c >= 0; c--) {
      if (Arrays.stream(columns[c], 0, size).allMatch(Double::isNaN)) {
        List<double[]> kept = new ArrayList<>(Arrays.asList(columns));
        kept.remove(c);
        columns = kept.toArray(double[][]::new);
        names.remove(c);
      }
    }
  }

  /// Gives features that have not been seen before a column each.
  private void adopt(Features features) {
    if (names.containsAll(features.values().keySet())) {
      return;
    }
    features.values().keySet().stream()
        .filter(name -> FeatureKeys.isSize(name) && !names.contains(name))
        .sorted(FeatureKeys.MOST_TELLING_FIRST)
        .forEach(this::adopt);
  }

  /// A well-known size takes the place of a number that only might be one.
  private void adopt(String name) {
    if (names.size() < MAX_COLUMNS) {
      names.add(name);
      columns = Arrays.copyOf(columns, names.size());
      slopes = Arrays.copyOf(slopes, names.size());
      startColumn(names.size() - 1);
      return;
    }
    for (int c = 0; c < MAX_COLUMNS && FeatureKeys.isWellKnownSize(name); c++) {
      if (!FeatureKeys.isWellKnownSize(names.get(c))) {
        names.set(c, name);
        startColumn(c);
        return;
      }
    }
  }

  private void startColumn(int c) {
    columns[c] = new double[logTimes.length];
    Arrays.fill(columns[c], Double.NaN);
    slopes[c] = 0;
  }

  private double scaled(Features features, int column) {
    Double value = features.values().get(names.get(column));
    return value == null ? Double.NaN : Math.signum(value) * Math.log1p(Math.abs(value));
  }

  private void grow() {
    int capacity = Math.min(2 * logTimes.length, WINDOW);
    logTimes = Arrays.copyOf(logTimes, capacity);
    for (int c = 0; c < columns.length; c++) {
      columns[c] = Arrays.copyOf(columns[c], capacity);
    }
  }
}
