package io.swarmpilot.scheduler.prefix;

import com.google.common.primitives.ImmutableLongArray;
import java.util.Arrays;

/// Which leading blocks of prompts were sent to which instance lately, as a guess at what its cache
/// holds. Of each instance only the blocks used last are remembered; a look-up makes no objects.
///
/// An instance takes memory as blocks are sent to it, at most some 22 bytes for each block that may
/// be remembered. For one thread.
public final class PrefixIndex {
  private static final int LEAST_BLOCKS = 2;
  private static final int MOST_BLOCKS = 1 << 24;

  private final int blocksPerInstance;
  // Sorted by ordinal; the first `size` are in use.
  private long[] ordinals = new long[16];
  private RecentBlocks[] blocks = new RecentBlocks[16];
  private int size;

  /// Remembers up to so many blocks of each instance, and at least half as many; 10,000 is what a
  /// replica of a large model caches.
  ///
  /// @param blocksPerInstance 2 to 16,777,216
  /// @throws IllegalArgumentException when it is not within these bounds
  public PrefixIndex(int blocksPerInstance) {
    if (blocksPerInstance < LEAST_BLOCKS || blocksPerInstance > MOST_BLOCKS) {
      throw new IllegalArgumentException("blocksPerInstance (expected: 2 to 16777216)");
    }
    this.blocksPerInstance = blocksPerInstance;
  }

  /// How many leading blocks of a prompt were sent to an instance lately; 0 for one never sent to.
  public int leadingHits(long instanceOrdinal, ImmutableLongArray prefix) {
    int place = prefix.isEmpty() ? -1 : placeOf(instanceOrdinal);
    return place < 0 ? 0 : blocks[place].leadingHits(prefix);
  }

  /// Notes that a prompt was sent to an instance.
  public void sent(long instanceOrdinal, ImmutableLongArray prefix) {
    if (prefix.isEmpty()) {
      return;
    }
    int place = placeOf(instanceOrdinal);
    if (place < 0) {
      place = -place - 1;
      insert(place, instanceOrdinal);
    }
    blocks[place].use(prefix);
  }

  /// Forgets an instance: it is gone, or has lost its cache.
  public void forget(long instanceOrdinal) {
    int place = placeOf(instanceOrdinal);
    if (place >= 0) {
      size--;
      System.arraycopy(ordinals, place + 1, ordinals, place, size - place);
      System.arraycopy(blocks, place + 1, blocks, place, size - place);
      Arrays.fill(blocks, size, size + 1, null);
    }
  }

  private int placeOf(long ordinal) {
    return Arrays.binarySearch(ordinals, 0, size, ordinal);
  }

  private void insert(int place, long ordinal) {
    if (size == ordinals.length) {
      ordinals = Arrays.copyOf(ordinals, 2 * size);
      blocks = Arrays.copyOf(blocks, 2 * size);
    }
    System.arraycopy(ordinals, place, ordinals, place + 1, size - place);
    System.arraycopy(blocks, place, blocks, place + 1, size - place);
    ordinals[place] = ordinal;
    blocks[place] = new RecentBlocks(blocksPerInstance);
    size++;
  }
}
