package io.swarmpilot.taskinstance.backend.simulated;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Makes a [LatencyTable] of the records of a lookup table as the predictor reads and writes them:
/// see `docs/lookup-tables.md`.
final class LatencyTableReader {
  private static final Pattern QUANTILE =
      Pattern.compile("(?:q|quantile_)?(0?\\.\\d+|0|1)|p(\\d{1,2})");
  private static final Set<String> NO_NUMBERS =
      Set.of(
          "status",
          "quantiles",
          "quantile_predictions",
          "expect",
          "error",
          "model_info",
          "features",
          "model_type",
          "model_name",
          "hardware",
          "software_name",
          "software_version");
  private static final JsonMapper JSON = new JsonMapper();

  private LatencyTableReader() {}

  /// The table of the records that are for this model, or for any.
  ///
  /// @throws IOException when there is none
  static LatencyTable read(List<JsonNode> records, String model) throws IOException {
    List<LatencyTable.Row> rows = new ArrayList<>();
    for (JsonNode record : records) {
      String type = record.path("model_type").asText("");
      boolean wanted = type.isEmpty() || type.equals(model);
      if (wanted && record.path("status").asText("success").equals("success")) {
        add(record, rows);
      }
    }
    if (rows.isEmpty()) {
      throw new IOException("it has no record with quantiles for " + model);
    }
    return new LatencyTable(rows);
  }

  private static void add(JsonNode record, List<LatencyTable.Row> rows) {
    TreeMap<Double, Double> quantiles = new TreeMap<>();
    JsonNode probabilities = array(record.path("quantiles"));
    JsonNode values = array(record.path("quantile_predictions"));
    for (int i = 0; i < Math.min(probabilities.size(), values.size()); i++) {
      put(probabilities.path(i).asDouble(-1), values.path(i).asDouble(-1), quantiles);
    }
    Map<String, Double> numbers = new HashMap<>();
    record
        .properties()
        .forEach(member -> note(member.getKey(), member.getValue(), quantiles, numbers));
    record
        .path("features")
        .properties()
        .forEach(feature -> note(feature.getKey(), feature.getValue(), new TreeMap<>(), numbers));
    if (!quantiles.isEmpty()) {
      rows.add(new LatencyTable.Row(numbers, new Latency.Empirical(ascending(quantiles))));
    }
  }

  private static void note(
      String name, JsonNode value, Map<Double, Double> quantiles, Map<String, Double> numbers) {
    double number = value.isNumber() || value.isTextual() ? value.asDouble(Double.NaN) : Double.NaN;
    if (Double.isNaN(number) || NO_NUMBERS.contains(name)) {
      return;
    }
    Matcher quantile = QUANTILE.matcher(name);
    if (!quantile.matches()) {
      numbers.put(name, number);
    } else if (quantile.group(1) != null) {
      put(Double.parseDouble(quantile.group(1)), number, quantiles);
    } else {
      put(Double.parseDouble(quantile.group(2)) / 100, number, quantiles);
    }
  }

  private static void put(double probability, double ms, Map<Double, Double> quantiles) {
    if (probability >= 0 && probability <= 1 && ms >= 0 && ms <= Source.MAX_MS) {
      quantiles.put(probability, ms);
    }
  }

  /// A quantile that is smaller than the one before it is taken for as large.
  private static List<Latency.Point> ascending(SortedMap<Double, Double> quantiles) {
    List<Latency.Point> points = new ArrayList<>();
    double least = 0;
    for (Map.Entry<Double, Double> quantile : quantiles.entrySet()) {
      least = Math.max(least, quantile.getValue());
      points.add(new Latency.Point(quantile.getKey(), least));
    }
    return points;
  }

  /// An array, also one that is written in a cell of CSV.
  private static JsonNode array(JsonNode value) {
    if (!value.isTextual()) {
      return value;
    }
    try {
      return JSON.readTree(value.textValue());
    } catch (JsonProcessingException e) {
      return JSON.missingNode();
    }
  }
}
