package io.swarmpilot.gateway.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Writes scalar values to the wire, taking in what pydantic's lax mode takes in.
final class ScalarReader {
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?");
  private static final int LONGEST_NUMBER = 400;
  private static final Set<String> NOT_FINITE =
      Set.of("nan", "inf", "infinity", "+inf", "+infinity", "-inf", "-infinity");
  private static final Set<String> TRUE_WORDS = Set.of("true", "t", "yes", "y", "on", "1");
  private static final Set<String> FALSE_WORDS = Set.of("false", "f", "no", "n", "off", "0");

  private final WireBuffer out;

  ScalarReader(WireBuffer out) {
    this.out = out;
  }

  /// Writes the value of the current token, after its tag if `tagged`.
  void read(FieldShape field, JsonParser parser, boolean tagged) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      text(field, parser.getText(), tagged);
      return;
    }
    switch (field.type) {
      case STRING -> throw new UnfitException("string_type", "Input should be a valid string");
      case BYTES -> throw new UnfitException("bytes_type", "Input should be valid bytes");
      case DOUBLE, FLOAT -> real(field, real(parser), tagged);
      case BOOL -> integer(field, bool(parser) ? 1 : 0, tagged);
      case ENUM -> integer(field, enumNumber(field, parser), tagged);
      default -> integer(field, integer(field, parser), tagged);
    }
  }

  /// Writes a value given as text.
  void text(FieldShape field, String text, boolean tagged) {
    switch (field.type) {
      case STRING -> bytes(field, utf8(text));
      case BYTES -> bytes(field, base64(text));
      case DOUBLE, FLOAT -> real(field, real(text), tagged);
      case BOOL -> integer(field, bool(text) ? 1 : 0, tagged);
      case ENUM -> integer(field, enumNumber(field, text), tagged);
      default -> integer(field, Integers.of(text, field.type), tagged);
    }
  }

  private void bytes(FieldShape field, byte[] value) {
    out.varint32(field.tag);
    out.varint32(value.length);
    out.raw(value, 0, value.length);
  }

  private void real(FieldShape field, double value, boolean tagged) {
    boolean single = field.isFloat();
    if (!Double.isFinite(value) || (single && Float.isInfinite((float) value))) {
      throw notFinite();
    }
    tag(field, tagged);
    if (single) {
      out.fixed32(Float.floatToRawIntBits((float) value));
    } else {
      out.fixed64(Double.doubleToRawLongBits(value));
    }
  }

  private void integer(FieldShape field, long value, boolean tagged) {
    tag(field, tagged);
    switch (field.type) {
      case SINT32 -> out.varint32(CodedOutputStream.encodeZigZag32((int) value));
      case SINT64 -> out.varint64(CodedOutputStream.encodeZigZag64(value));
      case FIXED32, SFIXED32 -> out.fixed32((int) value);
      case FIXED64, SFIXED64 -> out.fixed64(value);
      default -> out.varint64(value);
    }
  }

  private void tag(FieldShape field, boolean tagged) {
    if (tagged) {
      out.varint32(field.tag);
    }
  }

  private static long integer(FieldShape field, JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case VALUE_NUMBER_INT ->
          parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
              ? Integers.of(parser.getBigIntegerValue(), field.type)
              : Integers.of(parser.getLongValue(), field.type);
      case VALUE_NUMBER_FLOAT -> Integers.of(parser.getDoubleValue(), field.type);
      case VALUE_TRUE -> 1;
      case VALUE_FALSE -> 0;
      default -> throw new UnfitException("int_type", "Input should be a valid integer");
    };
  }

  private static double real(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case VALUE_TRUE -> 1;
      case VALUE_FALSE -> 0;
      default -> throw new UnfitException("float_type", "Input should be a valid number");
    };
  }

  private static double real(String text) {
    String number = text.strip();
    if (NOT_FINITE.contains(number.toLowerCase(Locale.ROOT))) {
      throw notFinite();
    }
    if (number.length() > LONGEST_NUMBER || !NUMBER.matcher(number).matches()) {
      throw new UnfitException(
          "float_parsing", "Input should be a valid number, unable to parse string as a number");
    }
    return Double.parseDouble(number);
  }

  private static boolean bool(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
        double value = parser.getDoubleValue();
        if (value != 0 && value != 1) {
          throw notBoolean();
        }
        yield value == 1;
      }
      default -> throw new UnfitException("bool_type", "Input should be a valid boolean");
    };
  }

  private static boolean bool(String text) {
    String word = text.strip().toLowerCase(Locale.ROOT);
    if (!TRUE_WORDS.contains(word) && !FALSE_WORDS.contains(word)) {
      throw notBoolean();
    }
    return TRUE_WORDS.contains(word);
  }

  private static int enumNumber(FieldShape field, JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
      throw notInEnum(field);
    }
    long number = parser.getValueAsLong(-1);
    if (number != (int) number || field.enumName((int) number) == null) {
      throw notInEnum(field);
    }
    return (int) number;
  }

  private static int enumNumber(FieldShape field, String text) {
    Integer number = field.enumNumber(text);
    if (number == null) {
      throw notInEnum(field);
    }
    return number;
  }

  private static byte[] utf8(String text) {
    if (text.chars().anyMatch(c -> Character.isSurrogate((char) c))
        && !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new UnfitException(
          "string_unicode",
          "Input should be a valid string, unable to parse raw data as a unicode string");
    }
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] base64(String text) {
    try {
      boolean urlSafe = text.indexOf('-') >= 0 || text.indexOf('_') >= 0;
      return (urlSafe ? Base64.getUrlDecoder() : Base64.getDecoder()).decode(text);
    } catch (IllegalArgumentException e) {
      throw new UnfitException("bytes_invalid_encoding", "Data should be valid base64");
    }
  }

  private static UnfitException notFinite() {
    return new UnfitException("finite_number", "Input should be a finite number");
  }

  private static UnfitException notBoolean() {
    return new UnfitException(
        "bool_parsing", "Input should be a valid boolean, unable to interpret input");
  }

  private static UnfitException notInEnum(FieldShape field) {
    return new UnfitException("enum", "Input should be one of " + field.enumChoices());
  }
}
