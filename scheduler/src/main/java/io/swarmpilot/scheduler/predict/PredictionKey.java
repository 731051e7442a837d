package io.swarmpilot.scheduler.predict;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.swarmpilot.scheduler.core.PredictMode;
import io.swarmpilot.scheduler.core.Target;
import io.swarmpilot.scheduler.payload.Features;
import java.util.List;
import java.util.Map;

/// What one answer of the predictor holds for: tasks whose features differ by little share it.
///
/// @param model the model
/// @param modelName its variant
/// @param mode prediction mode
/// @param targets what to predict for, distinct
/// @param features features, rounded
record PredictionKey(
    String model,
    String modelName,
    PredictMode mode,
    ImmutableList<Target> targets,
    ImmutableMap<String, Double> features) {
  private static final double STEPS = 64;

  static PredictionKey of(
      String model, PredictMode mode, Features features, List<Target> instances) {
    ImmutableList<Target> targets =
        features.target().equals(Target.UNKNOWN)
            ? ImmutableList.copyOf(instances)
            : instances.stream()
                .map(features::predictedTarget)
                .distinct()
                .collect(ImmutableList.toImmutableList());
    ImmutableMap.Builder<String, Double> rounded =
        ImmutableMap.builderWithExpectedSize(features.numbers().size());
    for (Map.Entry<String, Double> feature : features.numbers().entrySet()) {
      rounded.put(feature.getKey(), rounded(feature.getValue()));
    }
    return new PredictionKey(model, features.modelName(), mode, targets, rounded.buildOrThrow());
  }

  /// The value with 6 bits after the leading one: a step of 1.6 % at most.
  private static double rounded(double value) {
    if (value == 0) {
      return 0;
    }
    double step = Math.ulp(value) * (1L << 52) / STEPS;
    return Math.rint(value / step) * step;
  }
}
