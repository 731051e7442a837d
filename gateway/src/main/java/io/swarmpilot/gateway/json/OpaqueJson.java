package io.swarmpilot.gateway.json;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import io.swarmpilot.proto.common.v1.JsonValue;
import io.swarmpilot.runtime.json.JsonValues;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// Writes the user's own JSON, byte for byte as it came.
final class OpaqueJson {
  private static final int JSON_TAG =
      JsonValue.JSON_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
  private static final int VALUE_TAG =
      JsonValue.VALUE_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;

  private OpaqueJson() {}

  static void write(byte[] wire, int start, int end, JsonBuffer out) {
    int from = start;
    int length = 0;
    boolean tree = false;
    WireCursor cursor = new WireCursor(wire, start, end);
    while (cursor.hasMore()) {
      int tag = cursor.tag();
      if (tag == JSON_TAG) {
        length = cursor.length();
        from = cursor.position();
        cursor.seek(from + length);
        tree = false;
      } else {
        cursor.skip(tag);
        tree |= tag == VALUE_TAG;
      }
    }
    if (tree) {
      tree(wire, start, end, out);
    } else if (length == 0) {
      out.raw(JsonBuffer.NULL);
    } else {
      out.raw(wire, from, length);
    }
  }

  private static void tree(byte[] wire, int start, int end, JsonBuffer out) {
    try {
      JsonValue value = JsonValue.parseFrom(CodedInputStream.newInstance(wire, start, end - start));
      byte[] text = JsonValues.text(value).getBytes(StandardCharsets.UTF_8);
      out.raw(text);
    } catch (InvalidProtocolBufferException e) {
      throw new MalformedWireException("broken tree of free-form JSON");
    } catch (IllegalArgumentException e) {
      // A tree with NaN in it: no JSON can say that.
      out.raw(JsonBuffer.NULL);
    } catch (IOException e) {
      throw new IllegalStateException("reading from memory failed", e);
    }
  }
}
