package io.swarmpilot.predictor.service;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swarmpilot.predictor.learn.HeldOut;
import io.swarmpilot.predictor.model.Grids;
import io.swarmpilot.predictor.store.ModelHeader;
import io.swarmpilot.proto.common.v1.JsonValue;
import io.swarmpilot.runtime.json.JsonValues;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// How good a model is, as JSON.
final class Metrics {
  private static final ObjectMapper MAPPER = new ObjectMapper(JsonValues.FACTORY);

  private Metrics() {}

  /// Why there is no model.
  static JsonValue ofError(String reason) {
    return JsonValues.of(MAPPER.createObjectNode().put("error", reason).toString());
  }

  /// The metrics of a version, at the usual quantiles.
  static JsonValue of(ModelHeader header) {
    return JsonValues.of(
        metrics(header, Arrays.stream(Grids.coarse()).boxed().toList()).toString());
  }

  /// The metrics of a version that has just been trained.
  ///
  /// @param quantiles probabilities to tell the pinball loss of
  /// @param ignored names of the settings that meant nothing
  static JsonValue of(ModelHeader header, List<Double> quantiles, List<String> ignored) {
    ObjectNode metrics = metrics(header, quantiles);
    ignored.forEach(metrics.putArray("ignored_settings")::add);
    return JsonValues.of(metrics.toString());
  }

  private static ObjectNode metrics(ModelHeader header, List<Double> quantiles) {
    HeldOut heldOut = header.heldOut();
    ObjectNode metrics =
        MAPPER
            .createObjectNode()
            .put("rows", header.rows())
            .put("train_rows", header.rows() - heldOut.rows())
            .put("test_rows", heldOut.rows())
            .put("stage", header.stage().label());
    ObjectNode pinball = metrics.putObject("pinball_loss");
    for (double quantile : quantiles) {
      put(String.valueOf(quantile), heldOut.pinballMs().get(quantile), pinball);
    }
    put(
        "mean_pinball_loss",
        quantiles.stream()
            .map(heldOut.pinballMs()::get)
            .filter(Objects::nonNull)
            .mapToDouble(loss -> loss)
            .average()
            .orElse(Double.NaN),
        metrics);
    ObjectNode coverage = metrics.putObject("coverage");
    for (Map.Entry<Double, Double> level : heldOut.coverage().entrySet()) {
      put(String.valueOf(level.getKey()), level.getValue(), coverage);
    }
    put("mae", heldOut.maeMs(), metrics);
    put("mape", heldOut.mape(), metrics);
    header.features().forEach(metrics.putArray("features")::add);
    return metrics;
  }

  /// What was not measured is null.
  private static void put(String name, @Nullable Double number, ObjectNode into) {
    if (number == null || !Double.isFinite(number)) {
      into.putNull(name);
    } else {
      into.put(name, number);
    }
  }
}
