package io.swarmpilot.gateway.json;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/// Writes wire bytes as JSON: every field of the message once, in the order of its declaration.
final class JsonWriter {
  private static final int DEEPEST = 100;

  private final byte[] wire;
  private final JsonBuffer out;
  private final int depth;

  private JsonWriter(byte[] wire, JsonBuffer out, int depth) {
    if (depth > DEEPEST) {
      throw new MalformedWireException("nested too deep");
    }
    this.wire = wire;
    this.out = out;
    this.depth = depth;
  }

  static void writeMessage(MessageShape shape, byte[] wire, JsonBuffer out) {
    new JsonWriter(wire, out, 0).message(shape, 0, wire.length);
  }

  static void writeField(MessageShape shape, FieldShape field, byte[] wire, JsonBuffer out) {
    new JsonWriter(wire, out, 0).field(field, Occurrences.of(shape, wire, 0, wire.length));
  }

  private void message(MessageShape shape, int start, int end) {
    Occurrences found = Occurrences.of(shape, wire, start, end);
    char separator = '{';
    for (FieldShape field : shape.fields) {
      out.put(separator);
      out.raw(field.key);
      field(field, found);
      separator = ',';
    }
    if (separator == '{') {
      out.put('{');
    }
    out.put('}');
  }

  private void field(FieldShape field, Occurrences found) {
    if (field.map) {
      new MapWriter(this, out).write(field, found);
    } else if (field.repeated) {
      list(field, found);
    } else if (found.last(field) < 0) {
      absent(field);
    } else {
      single(field, found);
    }
  }

  /// The one value of a field that is there.
  void single(FieldShape field, Occurrences found) {
    if (field.isMessage() && found.isMany(field)) {
      // Occurrences of one message merge, which on the wire is to stand one behind the other.
      byte[] merged = merged(field, found);
      new JsonWriter(merged, out, depth + 1).nested(field, 0, merged.length);
    } else {
      WireCursor cursor = found.cursorAt(found.last(field));
      cursor.tag();
      value(field, cursor);
    }
  }

  private void list(FieldShape field, Occurrences found) {
    char separator = '[';
    for (WireCursor cursor = found.cursorAt(found.first(field));
        cursor.hasMore() && cursor.position() <= found.last(field); ) {
      int tag = cursor.tag();
      if (WireFormat.getTagFieldNumber(tag) != field.number || !Occurrences.fits(field, tag)) {
        cursor.skip(tag);
        continue;
      }
      int end = tag == field.tag ? cursor.position() + 1 : cursor.length() + cursor.position();
      while (cursor.position() < end) {
        out.put(separator);
        value(field, cursor);
        separator = ',';
      }
    }
    if (separator == ',') {
      out.put(']');
    } else {
      out.text(field.nullWhenEmpty ? "null" : "[]");
    }
  }

  private void value(FieldShape field, WireCursor cursor) {
    switch (field.type) {
      case STRING -> {
        int length = cursor.length();
        out.string(wire, cursor.position(), length);
        cursor.seek(cursor.position() + length);
      }
      case BYTES -> {
        int length = cursor.length();
        byte[] value = Arrays.copyOfRange(wire, cursor.position(), cursor.position() + length);
        out.put('"');
        out.raw(Base64.getEncoder().encode(value));
        out.put('"');
        cursor.seek(cursor.position() + length);
      }
      case MESSAGE -> {
        int length = cursor.length();
        new JsonWriter(wire, out, depth + 1)
            .nested(field, cursor.position(), cursor.position() + length);
        cursor.seek(cursor.position() + length);
      }
      default -> writeNumber(field, cursor, out);
    }
  }

  /// Writes the number, truth value or name of an enum that a cursor stands at.
  static void writeNumber(FieldShape field, WireCursor cursor, JsonBuffer out) {
    switch (field.type) {
      case DOUBLE -> Decimals.write(Double.longBitsToDouble(cursor.fixed64()), out);
      case FLOAT -> Decimals.write(Float.intBitsToFloat(cursor.fixed32()), out);
      case INT64 -> out.integer(cursor.varint());
      case UINT64 -> out.text(Long.toUnsignedString(cursor.varint()));
      case INT32 -> {
        // Negative ones come as ten bytes, of which the lower half counts.
        int value = (int) cursor.varint();
        out.integer(value);
      }
      case UINT32 -> out.integer(cursor.varint() & 0xFFFF_FFFFL);
      case SINT32 -> out.integer(CodedInputStream.decodeZigZag32((int) cursor.varint()));
      case SINT64 -> out.integer(CodedInputStream.decodeZigZag64(cursor.varint()));
      case FIXED64 -> out.text(Long.toUnsignedString(cursor.fixed64()));
      case SFIXED64 -> out.integer(cursor.fixed64());
      case FIXED32 -> out.integer(cursor.fixed32() & 0xFFFF_FFFFL);
      case SFIXED32 -> out.integer(cursor.fixed32());
      case BOOL -> out.bool(cursor.varint() != 0);
      case ENUM -> enumeration(field, (int) cursor.varint(), out);
      case STRING, BYTES, MESSAGE, GROUP ->
          throw new IllegalStateException(field.name + " is no number");
    }
  }

  private void nested(FieldShape field, int start, int end) {
    if (field.isOpaque()) {
      OpaqueJson.write(wire, start, end, out);
    } else {
      message(field.message(), start, end);
    }
  }

  /// What stands for a field that is not there.
  void absent(FieldShape field) {
    if (field.nullable) {
      out.raw(JsonBuffer.NULL);
      return;
    }
    switch (field.type) {
      case STRING, BYTES -> out.text("\"\"");
      case BOOL -> out.bool(false);
      case DOUBLE, FLOAT -> out.text("0.0");
      case ENUM -> enumeration(field, 0, out);
      case MESSAGE -> out.raw(JsonBuffer.NULL);
      default -> out.put('0');
    }
  }

  private static void enumeration(FieldShape field, int number, JsonBuffer out) {
    String name = field.enumName(number);
    if (name == null) {
      out.integer(number);
    } else {
      out.put('"');
      out.text(name);
      out.put('"');
    }
  }

  private byte[] merged(FieldShape field, Occurrences found) {
    WireBuffer all = new WireBuffer(wire.length);
    for (WireCursor cursor = found.cursorAt(found.first(field));
        cursor.hasMore() && cursor.position() <= found.last(field); ) {
      int tag = cursor.tag();
      int length = tag == field.tag ? cursor.length() : 0;
      if (tag == field.tag) {
        all.raw(wire, cursor.position(), length);
        cursor.seek(cursor.position() + length);
      } else {
        cursor.skip(tag);
      }
    }
    return all.toByteArray();
  }

  byte[] wire() {
    return wire;
  }

  static String text(byte[] bytes, int from, int length) {
    return new String(bytes, from, length, StandardCharsets.UTF_8);
  }
}
