package io.swarmpilot.scheduler.payload;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.common.collect.ImmutableMap;
import io.swarmpilot.runtime.json.JsonValues;
import io.swarmpilot.scheduler.core.Target;
import java.io.IOException;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;

/// Reads features from a task's metadata: its numeric fields, in one pass, without a tree.
public final class FeatureReader {
  private static final int MOST_FEATURES = 63;
  private static final int LONGEST_NAME = 128;
  private static final int LONGEST_IDENTITY = 256;

  /// Numbers that say how a task is to be treated, not how long it takes.
  private static final Set<String> NO_FEATURES =
      Set.of(
          "confidence_level", "cost_budget", "is_warmup", "priority", "slo_deadline_ms", "user_id");

  private final Map<String, Double> numbers = new TreeMap<>();
  private String modelName = "";
  private String hardware = "";
  private String softwareName = "";
  private String softwareVersion = "";
  private OptionalDouble knownMs = OptionalDouble.empty();

  private FeatureReader() {}

  /// The features of a task. Metadata that is no JSON object has none: it must not break placement.
  ///
  /// @param metadata JSON text, may be empty
  /// @param inputLength length of the task's input, the feature `input_bytes` unless the metadata
  ///   gives `input_tokens`
  public static Features read(String metadata, int inputLength) {
    FeatureReader reader = new FeatureReader();
    if (metadata.length() > 2) {
      reader.readObject(metadata);
    }
    if (!reader.numbers.containsKey("input_tokens")) {
      reader.numbers.put("input_bytes", (double) inputLength);
    }
    return new Features(
        ImmutableMap.copyOf(reader.numbers),
        reader.modelName,
        new Target(reader.hardware, reader.softwareName, reader.softwareVersion),
        reader.knownMs);
  }

  private void readObject(String metadata) {
    try (JsonParser parser = JsonValues.FACTORY.createParser(metadata)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return;
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken token = parser.nextToken();
        if (token.isNumeric()) {
          number(name, parser.getDoubleValue());
        } else if (token == JsonToken.VALUE_STRING) {
          identity(name, parser);
        } else {
          parser.skipChildren();
        }
      }
    } catch (IOException e) {
      // The features read so far are as good as any; the JSON itself was checked at the edge.
    }
  }

  private void number(String name, double value) {
    if (!Double.isFinite(value)) {
      return;
    }
    if (name.equals("server_time_cost")) {
      knownMs = value >= 0 ? OptionalDouble.of(value) : OptionalDouble.empty();
    } else if (!NO_FEATURES.contains(name)
        && name.length() <= LONGEST_NAME
        && numbers.size() < MOST_FEATURES) {
      numbers.put(name, value);
    }
  }

  private void identity(String name, JsonParser parser) throws IOException {
    switch (name) {
      case "model_name" -> modelName = text(parser);
      case "hardware" -> hardware = text(parser);
      case "software_name" -> softwareName = text(parser);
      case "software_version" -> softwareVersion = text(parser);
      default -> {
        // No part of what predictions depend on.
      }
    }
  }

  private static String text(JsonParser parser) throws IOException {
    String text = parser.getText();
    return text.length() <= LONGEST_IDENTITY ? text : "";
  }
}
