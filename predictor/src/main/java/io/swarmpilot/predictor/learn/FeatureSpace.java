package io.swarmpilot.predictor.learn;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import io.swarmpilot.predictor.feature.FeatureKeys;
import io.swarmpilot.predictor.feature.Features;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What a model looks at: some of a task's features, on a logarithmic scale, and the range that
/// each was seen in.
///
/// @param names names of the features, in order
/// @param low least value seen, scaled
/// @param high greatest value seen, scaled
public record FeatureSpace(
    ImmutableList<String> names, ImmutableDoubleArray low, ImmutableDoubleArray high) {
  private static final int MOST_FEATURES = 32;
  private static final double LN2 = Math.log(2);

  /// The space of the features that vary among these samples; of very many, those that most samples
  /// state.
  static FeatureSpace of(List<Sample> samples) {
    Map<String, Range> ranges = new HashMap<>();
    for (Sample sample : samples) {
      sample
          .features()
          .values()
          .forEach((name, value) -> {
            if (FeatureKeys.isSize(name)) {
              ranges.computeIfAbsent(name, n -> new Range(n)).add(scaled(value));
            }
          });
    }
    List<Range> varying =
        ranges.values().stream()
            .filter(range -> range.low < range.high || range.count < samples.size())
            .sorted(
                Comparator.comparingInt((Range range) -> -range.count)
                    .thenComparing(range -> range.name, FeatureKeys.MOST_TELLING_FIRST))
            .limit(MOST_FEATURES)
            .sorted(Comparator.comparing(range -> range.name, FeatureKeys.MOST_TELLING_FIRST))
            .toList();
    return new FeatureSpace(
        varying.stream().map(range -> range.name).collect(ImmutableList.toImmutableList()),
        ImmutableDoubleArray.copyOf(varying.stream().mapToDouble(range -> range.low)),
        ImmutableDoubleArray.copyOf(varying.stream().mapToDouble(range -> range.high)));
  }

  /// How many features there are.
  int size() {
    return names.size();
  }

  /// A task's features, scaled; NaN where it does not state one.
  ///
  /// @param extra how many places to leave behind them
  double[] row(Features features, int extra) {
    double[] row = new double[names.size() + extra];
    Map<String, Double> values = features.values();
    for (int i = 0; i < names.size(); i++) {
      Double value = values.get(names.get(i));
      row[i] = value == null ? Double.NaN : scaled(value);
    }
    return row;
  }

  /// How far outside the ranges seen a row lies, in all, as a logarithm.
  double distance(double[] row) {
    double distance = 0;
    for (int i = 0; i < names.size(); i++) {
      if (row[i] < low.get(i)) {
        distance += low.get(i) - row[i];
      } else if (row[i] > high.get(i)) {
        distance += row[i] - high.get(i);
      }
    }
    return distance;
  }

  /// 1 within the ranges seen, one half at twice as far, and so on.
  double familiarity(double[] row) {
    return 1 / (1 + distance(row) / LN2);
  }

  private static double scaled(double value) {
    return Math.signum(value) * Math.log1p(Math.abs(value));
  }

  private static final class Range {
    private final String name;
    private double low = Double.POSITIVE_INFINITY;
    private double high = Double.NEGATIVE_INFINITY;
    private int count;

    Range(String name) {
      this.name = name;
    }

    void add(double value) {
      low = Math.min(low, value);
      high = Math.max(high, value);
      count++;
    }
  }
}
