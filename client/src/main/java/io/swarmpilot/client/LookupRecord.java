package io.swarmpilot.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A pre-computed prediction of a [LookupPredictor].
///
/// @param modelType type of the model
/// @param modelInfo what else the prediction is for, of `type`, `name`, `hardware`, `software_name`
///   and `software_version`; what is missing fits anything
/// @param quantiles probabilities
/// @param quantilePredictions execution time at each, ms
/// @param expect mean, ms
/// @param error standard deviation, ms
public record LookupRecord(
    String modelType,
    Map<String, String> modelInfo,
    List<Double> quantiles,
    List<Double> quantilePredictions,
    Optional<Double> expect,
    Optional<Double> error) {
  /// The member of `model_info` that each member of a task's metadata is compared with.
  private static final Map<String, String> COMPARED =
      Map.of(
          "model_name", "name",
          "hardware", "hardware",
          "software_name", "software_name",
          "software_version", "software_version");

  /// Copies the collections.
  public LookupRecord {
    modelInfo = Map.copyOf(modelInfo);
    quantiles = List.copyOf(quantiles);
    quantilePredictions = List.copyOf(quantilePredictions);
  }

  /// The value at quantile 0.5, else the middle one, ms.
  public double median() {
    return new Quantiles(quantiles, quantilePredictions).median().orElseThrow();
  }

  /// How many members of the metadata the record agrees with; -1 when it does not fit.
  int agreement(String wanted, Map<String, ?> metadata) {
    if (!wanted.equals(modelType) && !wanted.equals(modelInfo.get("type"))) {
      return -1;
    }
    int agreeing = 0;
    for (Map.Entry<String, String> pair : COMPARED.entrySet()) {
      Object asked = metadata.get(pair.getKey());
      String known = modelInfo.get(pair.getValue());
      if (asked == null || known == null) {
        continue;
      }
      if (!known.equals(asked.toString())) {
        return -1;
      }
      agreeing++;
    }
    return agreeing;
  }

  /// Reads a record; empty when it is not a usable, successful prediction.
  static Optional<LookupRecord> of(JsonNode node) {
    Map<String, String> info = new HashMap<>();
    node.path("model_info")
        .properties()
        .forEach(member -> {
          if (member.getValue().isValueNode() && !member.getValue().isNull()) {
            info.put(member.getKey(), member.getValue().asText());
          }
        });
    String type = node.path("model_type").asText(info.getOrDefault("type", ""));
    List<Double> quantiles = numbers(node.path("quantiles"));
    List<Double> values = numbers(node.path("quantile_predictions"));
    if (!node.path("status").asText().equals("success")
        || type.isEmpty()
        || quantiles.isEmpty()
        || quantiles.size() != values.size()) {
      return Optional.empty();
    }
    return Optional.of(
        new LookupRecord(
            type,
            info,
            quantiles,
            values,
            number(node.path("expect")),
            number(node.path("error"))));
  }

  private static List<Double> numbers(JsonNode array) {
    List<Double> numbers = new ArrayList<>();
    for (JsonNode element : array) {
      if (!element.isNumber()) {
        return List.of();
      }
      numbers.add(element.doubleValue());
    }
    return numbers;
  }

  private static Optional<Double> number(JsonNode node) {
    return node.isNumber() ? Optional.of(node.doubleValue()) : Optional.empty();
  }
}
