package io.swarmpilot.gateway.json;

import com.google.protobuf.WireFormat;

/// Reads protobuf wire bytes from a region of an array, never beyond it.
final class WireCursor {
  final byte[] bytes;
  private final int end;
  private int position;

  WireCursor(byte[] bytes, int start, int end) {
    this.bytes = bytes;
    this.position = start;
    this.end = end;
  }

  boolean hasMore() {
    return position < end;
  }

  int position() {
    return position;
  }

  int end() {
    return end;
  }

  void seek(int newPosition) {
    position = newPosition;
  }

  int tag() {
    int tag = (int) varint();
    if (tag >>> 3 == 0) {
      throw new MalformedWireException("field number 0");
    }
    return tag;
  }

  long varint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (position >= end) {
        throw truncated();
      }
      byte next = bytes[position++];
      value |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new MalformedWireException("varint of more than ten bytes");
  }

  int fixed32() {
    need(4);
    int value = 0;
    for (int i = 0; i < 4; i++) {
      value |= (bytes[position++] & 0xFF) << (8 * i);
    }
    return value;
  }

  long fixed64() {
    need(8);
    long value = 0;
    for (int i = 0; i < 8; i++) {
      value |= (bytes[position++] & 0xFFL) << (8 * i);
    }
    return value;
  }

  /// The length of what follows, all of which lies within the region.
  int length() {
    long length = varint();
    if (length < 0 || length > end - position) {
      throw truncated();
    }
    return (int) length;
  }

  /// Passes over the value that belongs to a tag.
  void skip(int tag) {
    switch (WireFormat.getTagWireType(tag)) {
      case WireFormat.WIRETYPE_VARINT -> varint();
      case WireFormat.WIRETYPE_FIXED64 -> advance(8);
      case WireFormat.WIRETYPE_LENGTH_DELIMITED -> advance(length());
      case WireFormat.WIRETYPE_FIXED32 -> advance(4);
      default -> throw new MalformedWireException("wire type " + (tag & 7));
    }
  }

  private void advance(int count) {
    need(count);
    position += count;
  }

  private void need(int count) {
    if (end - position < count) {
      throw truncated();
    }
  }

  private static MalformedWireException truncated() {
    return new MalformedWireException("truncated message");
  }
}
