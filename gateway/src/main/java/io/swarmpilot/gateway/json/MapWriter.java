package io.swarmpilot.gateway.json;

import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.LinkedHashMap;
import java.util.Map;

/// Writes a map as a JSON object; of entries with the same key the last one stands.
final class MapWriter {
  private static final int KEY_NUMBER = 1;
  private static final int VALUE_NUMBER = 2;

  private final JsonWriter writer;
  private final JsonBuffer out;

  MapWriter(JsonWriter writer, JsonBuffer out) {
    this.writer = writer;
    this.out = out;
  }

  void write(FieldShape field, Occurrences found) {
    FieldShape value = field.message().entryField(VALUE_NUMBER);
    char separator = '{';
    for (Map.Entry<String, Occurrences> entry : entries(field, found).entrySet()) {
      out.put(separator);
      out.string(entry.getKey());
      out.put(':');
      if (entry.getValue().last(value) >= 0) {
        writer.single(value, entry.getValue());
      } else if (value.isMessage() && !value.isOpaque()) {
        JsonWriter.writeMessage(value.message(), new byte[0], out);
      } else {
        writer.absent(value);
      }
      separator = ',';
    }
    if (separator == '{') {
      out.put('{');
    }
    out.put('}');
  }

  private Map<String, Occurrences> entries(FieldShape field, Occurrences found) {
    Map<String, Occurrences> entries = new LinkedHashMap<>();
    MessageShape entryShape = field.message();
    for (WireCursor cursor = found.cursorAt(found.first(field));
        cursor.hasMore() && cursor.position() <= found.last(field); ) {
      int tag = cursor.tag();
      if (tag != field.tag) {
        cursor.skip(tag);
        continue;
      }
      int length = cursor.length();
      int start = cursor.position();
      Occurrences entry = Occurrences.of(entryShape, writer.wire(), start, start + length);
      entries.put(key(entryShape.entryField(KEY_NUMBER), entry), entry);
      cursor.seek(start + length);
    }
    return entries;
  }

  private String key(FieldShape key, Occurrences entry) {
    if (entry.last(key) < 0) {
      return switch (key.type) {
        case STRING -> "";
        case BOOL -> "false";
        default -> "0";
      };
    }
    WireCursor cursor = entry.cursorAt(entry.last(key));
    cursor.tag();
    if (key.type == FieldDescriptor.Type.STRING) {
      int length = cursor.length();
      return JsonWriter.text(writer.wire(), cursor.position(), length);
    }
    JsonBuffer digits = new JsonBuffer(32);
    JsonWriter.writeNumber(key, cursor, digits);
    byte[] text = digits.toByteArray();
    return JsonWriter.text(text, 0, text.length);
  }
}
