package io.swarmpilot.gateway.json;

import com.google.protobuf.WireFormat;
import java.util.Arrays;

/// A growing array that protobuf wire bytes are written to.
final class WireBuffer {
  private byte[] bytes;
  private int size;

  WireBuffer(int capacity) {
    bytes = new byte[Math.max(16, capacity)];
  }

  int size() {
    return size;
  }

  byte[] toByteArray() {
    return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
  }

  void varint32(int value) {
    room(5);
    while ((value & ~0x7F) != 0) {
      bytes[size++] = (byte) ((value & 0x7F) | 0x80);
      value >>>= 7;
    }
    bytes[size++] = (byte) value;
  }

  void varint64(long value) {
    room(10);
    while ((value & ~0x7FL) != 0) {
      bytes[size++] = (byte) ((value & 0x7F) | 0x80);
      value >>>= 7;
    }
    bytes[size++] = (byte) value;
  }

  void fixed32(int value) {
    room(4);
    for (int i = 0; i < 4; i++) {
      bytes[size++] = (byte) (value >>> (8 * i));
    }
  }

  void fixed64(long value) {
    room(8);
    for (int i = 0; i < 8; i++) {
      bytes[size++] = (byte) (value >>> (8 * i));
    }
  }

  void raw(byte[] source, int from, int length) {
    room(length);
    System.arraycopy(source, from, bytes, size, length);
    size += length;
  }

  /// Writes a length before everything from `start` on, which moves up to make room.
  void insertLength(int start) {
    int length = size - start;
    int digits = varintSize(length);
    room(digits);
    System.arraycopy(bytes, start, bytes, start + digits, length);
    size = start;
    varint32(length);
    size += length;
  }

  void truncate(int newSize) {
    size = newSize;
  }

  /// Removes every occurrence of a field from what was written since `start`, where a message
  /// begins.
  void removeField(int start, int number) {
    WireCursor cursor = new WireCursor(bytes, start, size);
    int kept = start;
    while (cursor.hasMore()) {
      int from = cursor.position();
      int tag = cursor.tag();
      cursor.skip(tag);
      int length = cursor.position() - from;
      if (WireFormat.getTagFieldNumber(tag) != number) {
        System.arraycopy(bytes, from, bytes, kept, length);
        kept += length;
      }
    }
    size = kept;
  }

  static int varintSize(int value) {
    return (38 - Integer.numberOfLeadingZeros(value | 1)) / 7;
  }

  private void room(int more) {
    if (bytes.length - size < more) {
      long wanted = Math.max((long) bytes.length * 2, (long) size + more);
      bytes = Arrays.copyOf(bytes, (int) Math.min(wanted, Integer.MAX_VALUE - 8));
    }
  }
}
