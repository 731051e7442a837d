package io.swarmpilot.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.protobuf.Value;
import io.swarmpilot.proto.common.v1.JsonValue;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// JSON text from Java values.
public final class Json {
  static final JsonMapper MAPPER = JsonMapper.builder().build();

  private Json() {}

  /// The JSON object with these members. Values may be strings, numbers, booleans, null, maps,
  /// collections, arrays and records.
  ///
  /// @throws IllegalArgumentException when a value cannot be written
  public static String of(Map<String, ? extends @Nullable Object> members) {
    try {
      return MAPPER.writeValueAsString(members);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not writable as JSON: " + e.getOriginalMessage(), e);
    }
  }

  static JsonValue value(String json) {
    return JsonValue.newBuilder().setJson(json).build();
  }

  static JsonValue string(String text) {
    return JsonValue.newBuilder().setValue(Value.newBuilder().setStringValue(text)).build();
  }

  /// The text of a free-form value; empty when absent.
  static Optional<String> text(JsonValue value) {
    return value.hasJson() ? Optional.of(value.getJson()) : Optional.empty();
  }
}
