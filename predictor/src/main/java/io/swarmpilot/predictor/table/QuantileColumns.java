package io.swarmpilot.predictor.table;

import com.google.common.primitives.ImmutableDoubleArray;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which columns of a CSV table hold quantiles.
///
/// @param indices their indices, in order of the columns
/// @param probabilities their probabilities, in the same order
record QuantileColumns(List<Integer> indices, ImmutableDoubleArray probabilities) {
  private static final Pattern NAME =
      Pattern.compile("(?<prefix>q|p|quantile)?_?(?<number>\\d{1,3}(?:\\.\\d+)?|\\.\\d+)%?");

  static QuantileColumns of(List<String> header) {
    List<Integer> indices = new ArrayList<>();
    ImmutableDoubleArray.Builder probabilities = ImmutableDoubleArray.builder();
    for (int i = 0; i < header.size(); i++) {
      OptionalDouble probability = probability(header.get(i));
      if (probability.isPresent()) {
        indices.add(i);
        probabilities.add(probability.getAsDouble());
      }
    }
    return new QuantileColumns(indices, probabilities.build());
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

  boolean areAny() {
    return !indices.isEmpty();
  }

  boolean contains(int index) {
    return indices.contains(index);
  }

  /// The quantiles of a row.
  double[] values(String[] row) {
    return indices.stream().mapToDouble(i -> Double.parseDouble(row[i].strip())).toArray();
  }
}
