package io.swarmpilot.scheduler.core;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The instances of a pool that could be given a task now, in order of registration. Kept from
/// change to change, so that a decision need not look at those that could not.
final class ReadyInstances {
  private @Nullable InstanceEntry[] entries = new @Nullable InstanceEntry[16];
  private int size;

  int size() {
    return size;
  }

  InstanceEntry get(int index) {
    InstanceEntry entry = entries[index];
    if (entry == null) {
      throw new IndexOutOfBoundsException(index);
    }
    return entry;
  }

  void add(InstanceEntry instance) {
    if (size == entries.length) {
      entries = Arrays.copyOf(entries, 2 * size);
    }
    int at = find(instance.ordinal);
    System.arraycopy(entries, at, entries, at + 1, size - at);
    entries[at] = instance;
    size++;
  }

  void remove(InstanceEntry instance) {
    int at = find(instance.ordinal);
    if (at < size && entries[at] == instance) {
      System.arraycopy(entries, at + 1, entries, at, size - at - 1);
      size--;
      entries[size] = null;
    }
  }

  void clear() {
    Arrays.fill(entries, 0, size, null);
    size = 0;
  }

  /// Position of the first entry whose ordinal is not below the one given.
  private int find(long ordinal) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (get(middle).ordinal < ordinal) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
