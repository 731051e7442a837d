package io.swarmpilot.predictor.table;

import io.swarmpilot.predictor.feature.FeatureKeys;
import io.swarmpilot.predictor.feature.Features;
import io.swarmpilot.predictor.model.ModelIdentity;
import io.swarmpilot.predictor.model.QuantileDistribution;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A record while it is read, whatever the format.
final class RecordDraft {
  private final Map<String, String> texts = new HashMap<>();
  private final Map<String, Double> numbers = new HashMap<>();
  private @Nullable Double expect;
  private @Nullable Double error;

  /// Notes a text that names model, hardware or software; says whether the key is one that does.
  boolean text(String key, String value) {
    switch (key) {
      case "model_type", "type", FeatureKeys.HARDWARE -> texts.put(key, value);
      case "name", FeatureKeys.MODEL_NAME -> texts.put(FeatureKeys.MODEL_NAME, value);
      case FeatureKeys.SOFTWARE_NAME, FeatureKeys.SOFTWARE_VERSION -> texts.put(key, value);
      default -> {
        return false;
      }
    }
    return true;
  }

  /// Notes a stored moment; says whether the key is one.
  boolean moment(String key, double value) {
    switch (key) {
      case "expect" -> expect = requireTime(value);
      case "error" -> error = requireTime(value);
      default -> {
        return false;
      }
    }
    return true;
  }

  /// Notes a feature.
  void feature(String name, double value) {
    numbers.put(name, value);
  }

  /// Notes features.
  void features(Features features) {
    numbers.putAll(features.values());
  }

  /// The record.
  ///
  /// @throws IllegalArgumentException when it breaks a rule
  TableRecord finish(double[] quantiles, double[] predictions) {
    QuantileDistribution distribution = QuantileDistribution.of(quantiles, predictions);
    String filed = of("type");
    String type = of("model_type").isEmpty() ? filed : of("model_type");
    ModelIdentity identity =
        new ModelIdentity(
            type,
            of(FeatureKeys.MODEL_NAME),
            of(FeatureKeys.HARDWARE),
            of(FeatureKeys.SOFTWARE_NAME),
            of(FeatureKeys.SOFTWARE_VERSION));
    return new TableRecord(
        identity,
        filed.isEmpty() ? type : filed,
        Features.of(numbers),
        distribution,
        expect == null ? distribution.mean() : expect,
        error == null ? distribution.standardDeviation() : error);
  }

  private String of(String key) {
    return texts.getOrDefault(key, "");
  }

  private static double requireTime(double value) {
    if (!Double.isFinite(value) || value < 0) {
      throw new IllegalArgumentException("a moment is not a finite time");
    }
    return value;
  }
}
