package io.swarmpilot.gateway.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A growing array that JSON text is written to.
final class JsonBuffer {
  static final byte[] NULL = ascii("null");
  private static final byte[] TRUE = ascii("true");
  private static final byte[] FALSE = ascii("false");
  private static final byte[] HEX = ascii("0123456789abcdef");

  private byte[] bytes;
  private int size;

  JsonBuffer(int capacity) {
    bytes = new byte[Math.max(32, capacity)];
  }

  byte[] toByteArray() {
    return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
  }

  void put(char c) {
    room(1);
    bytes[size++] = (byte) c;
  }

  void raw(byte[] source) {
    raw(source, 0, source.length);
  }

  void raw(byte[] source, int from, int length) {
    room(length);
    System.arraycopy(source, from, bytes, size, length);
    size += length;
  }

  void text(String ascii) {
    int length = ascii.length();
    room(length);
    for (int i = 0; i < length; i++) {
      bytes[size++] = (byte) ascii.charAt(i);
    }
  }

  void bool(boolean value) {
    raw(value ? TRUE : FALSE);
  }

  void integer(long value) {
    if (value == Long.MIN_VALUE) {
      text(Long.toString(value));
      return;
    }
    room(20);
    if (value < 0) {
      bytes[size++] = '-';
      value = -value;
    }
    int digits = 1;
    for (long rest = value / 10; rest != 0; rest /= 10) {
      digits++;
    }
    size += digits;
    for (int at = size - 1; digits > 0; digits--, value /= 10) {
      bytes[at--] = (byte) ('0' + value % 10);
    }
  }

  /// UTF-8 bytes as a JSON string; everything beyond ASCII stays as it is.
  void string(byte[] source, int from, int length) {
    put('"');
    int end = from + length;
    int plain = from;
    for (int i = from; i < end; i++) {
      byte b = source[i];
      if (b == '"' || b == '\\' || (b >= 0 && b < 0x20)) {
        raw(source, plain, i - plain);
        escape(b);
        plain = i + 1;
      }
    }
    raw(source, plain, end - plain);
    put('"');
  }

  void string(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    string(utf8, 0, utf8.length);
  }

  private void escape(byte b) {
    put('\\');
    switch (b) {
      case '"', '\\' -> put((char) b);
      case '\n' -> put('n');
      case '\r' -> put('r');
      case '\t' -> put('t');
      case '\b' -> put('b');
      case '\f' -> put('f');
      default -> {
        text("u00");
        put((char) HEX[b >> 4 & 0xF]);
        put((char) HEX[b & 0xF]);
      }
    }
  }

  private void room(int more) {
    if (bytes.length - size < more) {
      long wanted = Math.max((long) bytes.length * 2, (long) size + more);
      bytes = Arrays.copyOf(bytes, (int) Math.min(wanted, Integer.MAX_VALUE - 8));
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
