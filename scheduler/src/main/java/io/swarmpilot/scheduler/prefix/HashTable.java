package io.swarmpilot.scheduler.prefix;

import java.util.Arrays;

/// A set of block hashes in one array, by open addressing, at most three quarters full. Grows as
/// needed and keeps its size when cleared.
final class HashTable {
  private static final int LEAST_PLACES = 64;

  /// Marks a free place.
  private static final long FREE = 0;

  /// Stands for a hash that looks like a free place.
  private static final long INSTEAD_OF_FREE = 0x9e3779b97f4a7c15L;

  private long[] places = new long[LEAST_PLACES];
  private int size;

  int size() {
    return size;
  }

  boolean contains(long hash) {
    return places[placeOf(stored(hash))] != FREE;
  }

  /// Adds a hash, and tells whether it was new.
  boolean add(long hash) {
    long stored = stored(hash);
    int place = placeOf(stored);
    if (places[place] != FREE) {
      return false;
    }
    places[place] = stored;
    size++;
    if (4L * size > 3L * places.length) {
      grow();
    }
    return true;
  }

  void clear() {
    Arrays.fill(places, FREE);
    size = 0;
  }

  private void grow() {
    long[] old = places;
    places = new long[2 * old.length];
    for (long stored : old) {
      if (stored != FREE) {
        places[placeOf(stored)] = stored;
      }
    }
  }

  /// Where a hash is, or the free place where it would be.
  private int placeOf(long stored) {
    int mask = places.length - 1;
    int place = (int) Mixing.of(stored) & mask;
    while (places[place] != FREE && places[place] != stored) {
      place = place + 1 & mask;
    }
    return place;
  }

  private static long stored(long hash) {
    return hash == FREE ? INSTEAD_OF_FREE : hash;
  }
}
