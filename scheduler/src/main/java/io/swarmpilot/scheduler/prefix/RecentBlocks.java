package io.swarmpilot.scheduler.prefix;

import com.google.common.primitives.ImmutableLongArray;

/// The blocks used last, in two generations: when the young one holds half of what is allowed it
/// becomes the old one, and the old one is dropped. What is held are therefore always the n blocks
/// used last, with n between half and all of what is allowed, and a use costs no list to keep.
final class RecentBlocks {
  private final int generation;
  private HashTable young = new HashTable();
  private HashTable old = new HashTable();

  /// @param most most blocks to hold, at least 2
  RecentBlocks(int most) {
    generation = most / 2;
  }

  /// How many leading blocks of a prompt are held.
  int leadingHits(ImmutableLongArray prefix) {
    int hits = 0;
    while (hits < prefix.length() && contains(prefix.get(hits))) {
      hits++;
    }
    return hits;
  }

  /// Notes the use of a prompt's blocks: of as many as a generation holds, the first one last. A
  /// prompt's first block is worth nothing less than those behind it, which are no hit without it.
  void use(ImmutableLongArray prefix) {
    for (int i = Math.min(prefix.length(), generation) - 1; i >= 0; i--) {
      use(prefix.get(i));
    }
  }

  private boolean contains(long hash) {
    return young.contains(hash) || old.contains(hash);
  }

  private void use(long hash) {
    if (young.add(hash) && young.size() == generation) {
      HashTable dropped = old;
      old = young;
      young = dropped;
      young.clear();
    }
  }
}
