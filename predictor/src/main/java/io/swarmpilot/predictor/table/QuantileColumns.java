package io.swarmpilot.predictor.table;

import com.google.common.collect.ImmutableSortedMap;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which columns of a CSV table hold quantiles.
final class QuantileColumns {
  private static final Pattern NAME =
      Pattern.compile("(?<prefix>q|p|quantile)?_?(?<number>\\d{1,3}(?:\\.\\d+)?|\\.\\d+)%?");

  private final ImmutableSortedMap<Double, Integer> indexByProbability;
  private final Set<Integer> indices;

  private QuantileColumns(ImmutableSortedMap<Double, Integer> indexByProbability) {
    this.indexByProbability = indexByProbability;
    this.indices = Set.copyOf(indexByProbability.values());
  }

  /// The quantile columns among these.
  static QuantileColumns of(List<String> header) {
    TreeMap<Double, Integer> columns = new TreeMap<>();
    for (int i = 0; i < header.size(); i++) {
      OptionalDouble probability = probability(header.get(i));
      if (probability.isPresent()) {
        columns.put(probability.getAsDouble(), i);
      }
    }
    return new QuantileColumns(ImmutableSortedMap.copyOfSorted(columns));
  }

  /// The probability a column's name states: up to 1 as it is, above as percent.
  private static OptionalDouble probability(String name) {
    Matcher matcher = NAME.matcher(name);
    if (!matcher.matches()) {
      return OptionalDouble.empty();
    }
    double number = Double.parseDouble(matcher.group("number"));
    boolean percent = number > 1;
    if (number > 100 || (percent && matcher.group("prefix") == null && !name.endsWith("%"))) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(percent ? number / 100 : number);
  }

  /// Whether there are any.
  boolean areAny() {
    return !indices.isEmpty();
  }

  /// Whether the column at an index is one.
  boolean contains(int index) {
    return indices.contains(index);
  }

  /// The probabilities, ascending.
  double[] probabilities() {
    return indexByProbability.keySet().stream().mapToDouble(Double::doubleValue).toArray();
  }

  /// The quantiles of a row, in order of probability.
  double[] values(String[] row) {
    return indexByProbability.values().stream()
        .mapToDouble(index -> Double.parseDouble(row[index].strip()))
        .toArray();
  }
}
