package io.swarmpilot.gateway.json;

import com.google.protobuf.WireFormat;
import java.util.Arrays;

/// Where the fields of one message stand on the wire, in whatever order they came.
final class Occurrences {
  private final byte[] wire;
  private final int end;
  private final int[] first;
  private final int[] last;

  private Occurrences(byte[] wire, int end, int fields) {
    this.wire = wire;
    this.end = end;
    first = new int[fields];
    last = new int[fields];
    Arrays.fill(first, end);
    Arrays.fill(last, -1);
  }

  /// Finds the fields of the message that fills a region.
  static Occurrences of(MessageShape shape, byte[] wire, int start, int end) {
    Occurrences found = new Occurrences(wire, end, shape.fields.size());
    WireCursor cursor = new WireCursor(wire, start, end);
    while (cursor.hasMore()) {
      int at = cursor.position();
      int tag = cursor.tag();
      cursor.skip(tag);
      FieldShape field = shape.byNumber(WireFormat.getTagFieldNumber(tag));
      // A field of another wire type is an unknown one, as for every protobuf parser.
      if (field != null && fits(field, tag)) {
        found.note(shape, field, at);
      }
    }
    return found;
  }

  /// Whether a tag can be one of the field's: its own, or that of a packed list.
  static boolean fits(FieldShape field, int tag) {
    boolean packed = WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED;
    return tag == field.tag || (packed && field.repeated && field.isPackable());
  }

  private void note(MessageShape shape, FieldShape field, int at) {
    if (field.oneof >= 0) {
      forgetOthers(shape, field);
    }
    first[field.index] = Math.min(first[field.index], at);
    last[field.index] = at;
  }

  /// A member of a oneof unsets the others.
  private void forgetOthers(MessageShape shape, FieldShape member) {
    for (FieldShape other : shape.fields) {
      if (other.oneof == member.oneof && other != member) {
        first[other.index] = end;
        last[other.index] = -1;
      }
    }
  }

  /// Position of the first occurrence's tag; the end of the message when there is none.
  int first(FieldShape field) {
    return first[field.index];
  }

  /// Position of the last occurrence's tag; -1 when there is none.
  int last(FieldShape field) {
    return last[field.index];
  }

  boolean isMany(FieldShape field) {
    return first[field.index] != last[field.index];
  }

  WireCursor cursorAt(int position) {
    return new WireCursor(wire, position, end);
  }
}
