package io.swarmpilot.scheduler.payload;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.common.collect.ImmutableMap;
import io.swarmpilot.runtime.error.Violations;
import io.swarmpilot.runtime.json.JsonValues;
import io.swarmpilot.scheduler.core.Target;
import io.swarmpilot.scheduler.core.TaskTraits;
import java.io.IOException;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;

/// Reads a task's metadata in one pass, without a tree: its numeric fields are features, and some
/// say how it wants to be treated.
public final class FeatureReader {
  private static final int MOST_FEATURES = 63;
  private static final int LONGEST_NAME = 128;
  private static final int LONGEST_IDENTITY = 256;

  /// Numbers that say how a task is to be treated, not how long it takes.
  private static final Set<String> NO_FEATURES =
      Set.of(
          "confidence_level",
          "cost_budget",
          "is_warmup",
          "priority",
          "slo_deadline_ms",
          "timeout_ms",
          "user_id");

  private final TraitsReader traits;
  private final Map<String, Double> numbers = new TreeMap<>();
  private String modelName = "";
  private String hardware = "";
  private String softwareName = "";
  private String softwareVersion = "";
  private OptionalDouble knownMs = OptionalDouble.empty();

  private FeatureReader(TraitsReader traits) {
    this.traits = traits;
  }

  /// What a task tells of itself. Metadata that is no JSON object tells nothing: it must not break
  /// placement. Fields that are null count as absent.
  ///
  /// @param metadata JSON text, may be empty
  /// @param input the task's input as JSON text; its length is the feature `input_bytes` unless the
  ///   metadata gives `input_tokens`, and its prompt the prefix unless the metadata gives that
  /// @param field path of the metadata within the request, for violations
  /// @param violations notes the fields that say how the task is to be treated and cannot be meant
  public static TaskDescription read(
      String metadata, String input, String field, Violations violations) {
    TraitsReader traits = new TraitsReader(field, violations);
    FeatureReader reader = new FeatureReader(traits);
    if (metadata.length() > 2) {
      reader.readObject(metadata);
    }
    traits.readPrompt(input);
    TaskTraits found = traits.traits();
    return new TaskDescription(reader.features(found, input.length()), found);
  }

  private Features features(TaskTraits found, int inputLength) {
    // Counts may be given as texts too, which are no features by themselves.
    tokens("input_tokens", found.inputTokens());
    tokens("max_tokens", found.maxTokens());
    if (!numbers.containsKey("input_tokens")) {
      numbers.put("input_bytes", (double) inputLength);
    }
    return new Features(
        ImmutableMap.copyOf(numbers),
        modelName,
        new Target(hardware, softwareName, softwareVersion),
        knownMs);
  }

  private void readObject(String metadata) {
    try (JsonParser parser = JsonValues.FACTORY.createParser(metadata)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return;
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        if (parser.nextToken() != JsonToken.VALUE_NULL) {
          traits.read(name, parser);
          readField(name, parser);
        }
      }
    } catch (IOException e) {
      // The features read so far are as good as any; the JSON itself was checked at the edge.
    }
  }

  private void readField(String name, JsonParser parser) throws IOException {
    if (parser.currentToken().isNumeric()) {
      number(name, parser.getDoubleValue());
    } else if (parser.hasToken(JsonToken.VALUE_STRING)) {
      identity(name, parser);
    } else {
      parser.skipChildren();
    }
  }

  private void tokens(String name, int count) {
    if (count > 0) {
      numbers.putIfAbsent(name, (double) count);
    }
  }

  private void number(String name, double value) {
    if (!Double.isFinite(value)) {
      return;
    }
    if (name.equals("server_time_cost")) {
      boolean believed = value >= 0 && value <= Features.LONGEST_MS;
      knownMs = believed ? OptionalDouble.of(value) : OptionalDouble.empty();
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
