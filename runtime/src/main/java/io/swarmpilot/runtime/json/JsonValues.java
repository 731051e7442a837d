package io.swarmpilot.runtime.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.swarmpilot.proto.common.v1.JsonValue;
import io.swarmpilot.runtime.error.FieldViolation;
import io.swarmpilot.runtime.error.Violations;
import io.swarmpilot.runtime.grpc.Limits;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/// Free-form JSON as the mesh carries it: text, never a tree, so that every digit survives.
public final class JsonValues {
  /// Reads and writes JSON within the bounds of [Limits].
  public static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(Limits.MAX_JSON_DEPTH)
                  .maxStringLength(Limits.MAX_BODY_BYTES)
                  .build())
          .build();

  private static final JsonValue EMPTY_OBJECT = of("{}");
  private static final double EXACT_INTEGERS = 1L << 53;

  private JsonValues() {}

  /// A value that carries this JSON text. The text is trusted: it comes from a parser or writer of
  /// ours.
  public static JsonValue of(String json) {
    return JsonValue.newBuilder().setJson(json).build();
  }

  /// `{}`.
  public static JsonValue emptyObject() {
    return EMPTY_OBJECT;
  }

  /// Whether the value is given at all.
  public static boolean isPresent(JsonValue value) {
    return value.getKindCase() != JsonValue.KindCase.KIND_NOT_SET;
  }

  /// The JSON text of a value; "" when it is absent. A value given as a tree is written out,
  /// integers without a fraction.
  ///
  /// @throws IllegalArgumentException when a tree holds NaN or an infinity
  public static String text(JsonValue value) {
    return switch (value.getKindCase()) {
      case JSON -> value.getJson();
      case VALUE -> write(value.getValue());
      case KIND_NOT_SET -> "";
    };
  }

  /// The value with its text in `json`, after checking that it is one JSON object. Notes a
  /// violation against `field` and returns `{}` otherwise. `checked` skips the scan of text that
  /// the gateway has parsed already.
  public static JsonValue object(
      JsonValue value, String field, boolean checked, Violations violations) {
    String text;
    try {
      text = text(value);
    } catch (IllegalArgumentException e) {
      violations.add(FieldViolation.invalid(field, "must hold finite numbers only"));
      return EMPTY_OBJECT;
    }
    if (!startsObject(text)) {
      violations.add(new FieldViolation(field, "dict_type", "Input should be a JSON object"));
      return EMPTY_OBJECT;
    }
    if (!checked && !isJson(text)) {
      violations.add(new FieldViolation(field, "json_invalid", "Input is not valid JSON"));
      return EMPTY_OBJECT;
    }
    return value.getKindCase() == JsonValue.KindCase.JSON ? value : of(text);
  }

  /// Whether a text is exactly one JSON value, nested no deeper than allowed.
  public static boolean isJson(String text) {
    try (JsonParser parser = FACTORY.createParser(text)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        return false;
      }
      parser.skipChildren();
      parser.finishToken();
      return parser.nextToken() == null;
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean startsObject(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
        return c == '{';
      }
    }
    return false;
  }

  private static String write(Value value) {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(out)) {
      write(value, json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString();
  }

  private static void write(Value value, JsonGenerator json) throws IOException {
    switch (value.getKindCase()) {
      case STRING_VALUE -> json.writeString(value.getStringValue());
      case BOOL_VALUE -> json.writeBoolean(value.getBoolValue());
      case NUMBER_VALUE -> writeNumber(value.getNumberValue(), json);
      case STRUCT_VALUE -> writeObject(value.getStructValue(), json);
      case LIST_VALUE -> {
        json.writeStartArray();
        for (Value element : value.getListValue().getValuesList()) {
          write(element, json);
        }
        json.writeEndArray();
      }
      case NULL_VALUE, KIND_NOT_SET -> json.writeNull();
    }
  }

  private static void writeObject(Struct struct, JsonGenerator json) throws IOException {
    json.writeStartObject();
    for (var field : struct.getFieldsMap().entrySet()) {
      json.writeFieldName(field.getKey());
      write(field.getValue(), json);
    }
    json.writeEndObject();
  }

  private static void writeNumber(double number, JsonGenerator json) throws IOException {
    if (!Double.isFinite(number)) {
      throw new IllegalArgumentException("not a finite number");
    }
    if (number == Math.rint(number) && Math.abs(number) <= EXACT_INTEGERS) {
      json.writeNumber((long) number);
    } else {
      json.writeNumber(number);
    }
  }
}
