package io.swarmpilot.predictor.table;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.swarmpilot.predictor.feature.Features;
import io.swarmpilot.predictor.trace.TraceException;
import io.swarmpilot.predictor.trace.TraceReader;
import io.swarmpilot.runtime.json.JsonValues;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

/// Reads a table that is a JSON array of records.
///
/// A record has `status` "success", `quantiles` and `quantile_predictions`; `model_type` or
/// `model_info.type`; and optionally the other members of `model_info`, `expect`, `error`, and the
/// features it was predicted for in `features`, `trace` or `input_feature`.
final class JsonTable {
  private static final ObjectMapper MAPPER = new ObjectMapper(JsonValues.FACTORY);
  private static final List<String> FEATURE_KEYS = List.of("features", "trace");

  private JsonTable() {}

  static void read(InputStream in, RecordSink sink) throws IOException, TableException {
    try (JsonParser json = MAPPER.createParser(in)) {
      if (json.nextToken() != JsonToken.START_ARRAY) {
        throw new TableException("it is not a JSON array of records");
      }
      while (json.nextToken() != JsonToken.END_ARRAY) {
        JsonNode node = MAPPER.readTree(json);
        sink.add(() -> record(node));
      }
      if (json.nextToken() != null) {
        throw new TableException("there is something after the array of records");
      }
    }
  }

  private static TableRecord record(JsonNode node) {
    if (!node.path("status").asText().equals("success")) {
      throw new IllegalArgumentException("not successful");
    }
    RecordDraft draft = new RecordDraft();
    noteTexts(node, draft);
    noteTexts(node.path("model_info"), draft);
    for (String key : List.of("expect", "error")) {
      JsonNode moment = node.path(key);
      if (!moment.isMissingNode() && !moment.isNull()) {
        draft.moment(key, number(moment));
      }
    }
    noteFeatures(node, draft);
    TableRecord record =
        draft.finish(numbers(node.path("quantiles")), numbers(node.path("quantile_predictions")));
    if (record.identity().type().isEmpty()) {
      throw new IllegalArgumentException("no model type");
    }
    return record;
  }

  private static void noteTexts(JsonNode object, RecordDraft draft) {
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      if (member.getValue().isValueNode() && !member.getValue().isNull()) {
        draft.text(member.getKey(), member.getValue().asText());
      }
    }
  }

  private static void noteFeatures(JsonNode node, RecordDraft draft) {
    for (String key : FEATURE_KEYS) {
      if (node.path(key).isObject()) {
        draft.features(features(node.path(key)));
      }
    }
    if (node.path("input_feature").isContainerNode()) {
      draft.features(
          features(MAPPER.createObjectNode().set("input_feature", node.path("input_feature"))));
    }
  }

  private static Features features(JsonNode object) {
    try (JsonParser json = object.traverse(MAPPER)) {
      return TraceReader.read(json, "features").features();
    } catch (TraceException e) {
      throw new IllegalArgumentException(e.message(), e);
    } catch (IOException e) {
      throw new AssertionError("a tree cannot fail to be read", e);
    }
  }

  /// The numbers of an array; none when it is not one.
  static double[] numbers(JsonNode array) {
    double[] numbers = new double[array.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = number(array.path(i));
    }
    return numbers;
  }

  private static double number(JsonNode node) {
    if (!node.isNumber()) {
      throw new IllegalArgumentException("not a number");
    }
    return node.doubleValue();
  }
}
