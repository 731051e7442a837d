package io.swarmpilot.scheduler.core;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The instances of a pool that could be given a task now, in order of registration, with when each
/// is expected to start one. Kept from change to change, so that a decision need not look at those
/// that could not, nor compute anew what has not changed.
final class ReadyInstances {
  private @Nullable InstanceEntry[] entries = new @Nullable InstanceEntry[16];
  private double[] freeAtMs = new double[16];
  private int[] kinds = new int[16];
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

  /// Adds an instance, or notes when one that is there is free now.
  ///
  /// @param freeAt when it is expected to start a new task, ms; -∞ for one that is free
  void put(InstanceEntry instance, double freeAt) {
    int at = find(instance.ordinal);
    if (at == size || entries[at] != instance) {
      insert(at, instance);
    }
    freeAtMs[at] = Double.isNaN(freeAt) ? Double.POSITIVE_INFINITY : freeAt;
    kinds[at] = instance.kind;
  }

  void remove(InstanceEntry instance) {
    int at = find(instance.ordinal);
    if (at < size && entries[at] == instance) {
      size--;
      move(at + 1, at, size - at);
      entries[size] = null;
    }
  }

  /// Finds those on which a task is expected to be completed first; of equal ones those whose turn
  /// it is.
  ///
  /// @param executionMs expected execution time on each kind of instance
  /// @param afterOrdinal whose turn it was last
  /// @param shortlist where to put them, in order of registration; as many as fit
  /// @return how many were found
  int soonest(double nowMs, double[] executionMs, long afterOrdinal, Shortlist shortlist) {
    shortlist.clear();
    int start = find(afterOrdinal + 1);
    offer(start, size, nowMs, executionMs, shortlist);
    offer(0, start, nowMs, executionMs, shortlist);
    return shortlist.sortByPlace();
  }

  private void offer(int from, int to, double nowMs, double[] executionMs, Shortlist shortlist) {
    double worst = shortlist.worst();
    for (int i = from; i < to; i++) {
      double at = Math.max(freeAtMs[i], nowMs) + executionMs[kinds[i]];
      if (at < worst) {
        worst = shortlist.add(i, at);
      }
    }
  }

  private void insert(int at, InstanceEntry instance) {
    if (size == entries.length) {
      entries = Arrays.copyOf(entries, 2 * size);
      freeAtMs = Arrays.copyOf(freeAtMs, 2 * size);
      kinds = Arrays.copyOf(kinds, 2 * size);
    }
    move(at, at + 1, size - at);
    entries[at] = instance;
    size++;
  }

  private void move(int from, int to, int count) {
    System.arraycopy(entries, from, entries, to, count);
    System.arraycopy(freeAtMs, from, freeAtMs, to, count);
    System.arraycopy(kinds, from, kinds, to, count);
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
