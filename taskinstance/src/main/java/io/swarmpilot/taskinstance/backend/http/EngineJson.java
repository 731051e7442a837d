package io.swarmpilot.taskinstance.backend.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swarmpilot.runtime.json.JsonValues;
import java.io.UncheckedIOException;
import java.util.Optional;

/// JSON objects on their way to and from an engine; every digit of a number survives.
public final class EngineJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder(JsonValues.FACTORY)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private EngineJson() {}

  /// An object without members.
  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /// The object that a text is, or nothing when it is no JSON object.
  public static Optional<ObjectNode> parse(String text) {
    try {
      return MAPPER.readTree(text) instanceof ObjectNode object
          ? Optional.of(object)
          : Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /// Whether the object has the member, and it is not null.
  public static boolean has(JsonNode object, String name) {
    return object.hasNonNull(name);
  }

  /// The text of a value.
  public static String write(JsonNode value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
