package io.swarmpilot.benchmark.simulate.replica;

import com.google.common.primitives.ImmutableLongArray;
import java.util.LinkedHashSet;
import java.util.SequencedSet;

/// Prefix blocks that a replica remembers; the least recently used go first.
final class BlockCache {
  /// Tokens of a block.
  static final int TOKENS = 512;

  private final SequencedSet<Long> blocks = new LinkedHashSet<>();
  private final int capacity;

  BlockCache(int capacity) {
    this.capacity = capacity;
  }

  /// Remembers the blocks of an input, and tells how many of the first were known.
  int use(ImmutableLongArray prefix) {
    int hits = 0;
    while (hits < prefix.length() && blocks.contains(prefix.get(hits))) {
      hits++;
    }
    if (capacity > 0) {
      // The first block last: it is needed whenever a later one is.
      for (int i = prefix.length() - 1; i >= 0; i--) {
        blocks.addLast(prefix.get(i));
      }
      while (blocks.size() > capacity) {
        blocks.removeFirst();
      }
    }
    return hits;
  }
}
