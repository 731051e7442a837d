package io.swarmpilot.taskinstance.backend.onnx;

import java.util.Arrays;

/// Ids of a text's tokens, up to a bound. Those of one word may exceed it until they are cut.
final class TokenIds {
  private final int limit;
  private int[] ids;
  private int size;

  TokenIds(int limit) {
    this.limit = limit;
    this.ids = new int[Math.min(limit, 64) + 1];
  }

  /// Appends an id.
  void add(int id) {
    if (size == ids.length) {
      ids = Arrays.copyOf(ids, 2 * size);
    }
    ids[size++] = id;
  }

  /// The current end, for [#reset(int)].
  int mark() {
    return size;
  }

  /// Forgets everything after a mark.
  void reset(int mark) {
    size = mark;
  }

  /// Whether further ids would be cut.
  boolean isFull() {
    return size >= limit;
  }

  /// The ids within the bound, framed by one in front and one behind.
  int[] framed(int first, int last) {
    int kept = Math.min(size, limit);
    int[] framed = new int[kept + 2];
    framed[0] = first;
    System.arraycopy(ids, 0, framed, 1, kept);
    framed[kept + 1] = last;
    return framed;
  }
}
