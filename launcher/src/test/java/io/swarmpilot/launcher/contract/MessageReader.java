package io.swarmpilot.launcher.contract;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import java.io.IOException;
import java.io.UncheckedIOException;

/// Reads documented JSON into a message without judging it, so that the service has to: nothing is
/// required here and no bound is checked.
///
/// Free-form JSON is cut out of the text as it stands. What protobuf cannot say at all (text for a
/// number) fails: such a case belongs to HTTP alone.
final class MessageReader {
  private static final String FREE_FORM = "swarmpilot.common.v1.JsonValue";
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private final String text;
  private final JsonParser parser;

  private MessageReader(String text, JsonParser parser) {
    this.text = text;
    this.parser = parser;
  }

  /// The message of a type that a JSON text describes.
  static DynamicMessage.Builder read(String text, Descriptor type) {
    try (JsonParser parser = FACTORY.createParser(text)) {
      parser.nextToken();
      return new MessageReader(text, parser).message(type);
    } catch (IOException e) {
      throw new UncheckedIOException("only HTTP can carry this body", e);
    }
  }

  /// Whether a field holds free-form JSON.
  static boolean isFreeForm(FieldDescriptor field) {
    return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
        && field.getMessageType().getFullName().equals(FREE_FORM);
  }

  /// A free-form value with this text.
  static DynamicMessage freeForm(FieldDescriptor field, String json) {
    Descriptor type = field.getMessageType();
    return DynamicMessage.newBuilder(type).setField(type.findFieldByName("json"), json).build();
  }

  /// The value of a plain field that a text stands for.
  static Object scalar(FieldDescriptor field, String text) {
    return switch (field.getJavaType()) {
      case STRING -> text;
      case INT -> Integer.valueOf(text);
      case LONG -> Long.valueOf(text);
      case DOUBLE -> Double.valueOf(text);
      case FLOAT -> Float.valueOf(text);
      case BOOLEAN -> Boolean.valueOf(text);
      case BYTE_STRING -> com.google.protobuf.ByteString.copyFromUtf8(text);
      case ENUM, MESSAGE -> throw new IllegalArgumentException(field + " is not plain");
    };
  }

  private DynamicMessage.Builder message(Descriptor type) throws IOException {
    DynamicMessage.Builder message = DynamicMessage.newBuilder(type);
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      FieldDescriptor field = type.findFieldByName(parser.currentName());
      JsonToken value = parser.nextToken();
      if (field == null) {
        parser.skipChildren();
      } else if (field.isMapField()) {
        entries(message, field);
      } else if (field.isRepeated()) {
        elements(message, field);
      } else if (value != JsonToken.VALUE_NULL) {
        message.setField(field, value(field));
      }
    }
    return message;
  }

  private void elements(DynamicMessage.Builder message, FieldDescriptor field) throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw new IOException(field.getName() + " is not an array");
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      message.addRepeatedField(field, value(field));
    }
  }

  private void entries(DynamicMessage.Builder message, FieldDescriptor field) throws IOException {
    Descriptor entry = field.getMessageType();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      parser.nextToken();
      FieldDescriptor valueField = entry.findFieldByName("value");
      message.addRepeatedField(
          field,
          DynamicMessage.newBuilder(entry)
              .setField(entry.findFieldByName("key"), key)
              .setField(valueField, value(valueField))
              .build());
    }
  }

  private Object value(FieldDescriptor field) throws IOException {
    if (isFreeForm(field)) {
      return freeForm(field, slice());
    }
    if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        throw new IOException(field.getName() + " is not an object");
      }
      return message(field.getMessageType()).build();
    }
    if (!parser.currentToken().isScalarValue()) {
      throw new IOException(field.getName() + " is not plain");
    }
    return scalar(field, parser.getText());
  }

  /// The text of the current value, and the parser behind it.
  private String slice() throws IOException {
    int start = (int) parser.currentTokenLocation().getCharOffset();
    parser.skipChildren();
    parser.finishToken();
    return text.substring(start, (int) parser.currentLocation().getCharOffset()).strip();
  }
}
