package io.swarmpilot.predictor.feature;

import com.google.common.collect.ImmutableSortedMap;
import java.util.Map;

/// The numeric features of a task, in order of name.
///
/// @param values finite numbers by name, at most [#MAX_COUNT]
public record Features(ImmutableSortedMap<String, Double> values) {
  /// Most features a task may have.
  public static final int MAX_COUNT = 64;

  /// A task of which no number is known.
  public static final Features NONE = new Features(ImmutableSortedMap.of());

  /// Checks that there are not too many and all are finite.
  ///
  /// @throws IllegalArgumentException otherwise
  public Features {
    if (values.size() > MAX_COUNT) {
      throw new IllegalArgumentException("more than " + MAX_COUNT + " features");
    }
    values.forEach(Features::requireFinite);
  }

  /// The features among these numbers: all but the keys that mean something else
  /// ([FeatureKeys#isFeature(String)]).
  ///
  /// @throws IllegalArgumentException when there are too many or one is not finite
  public static Features of(Map<String, Double> numbers) {
    if (numbers.isEmpty()) {
      return NONE;
    }
    ImmutableSortedMap.Builder<String, Double> features = ImmutableSortedMap.naturalOrder();
    numbers.forEach((name, value) -> {
      if (FeatureKeys.isFeature(name)) {
        features.put(name, value);
      }
    });
    return new Features(features.buildOrThrow());
  }

  private static void requireFinite(String name, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(name + " is not a finite number");
    }
  }
}
