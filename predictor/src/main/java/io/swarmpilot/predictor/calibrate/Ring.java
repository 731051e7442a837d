package io.swarmpilot.predictor.calibrate;

import java.util.Arrays;

/// The last so many numbers of a stream, in single precision. Takes no more room than it needs. Not
/// thread-safe.
final class Ring {
  private static final int FIRST_CAPACITY = 16;

  private final int capacity;
  private float[] values;
  private int size;
  private int next;

  /// An empty ring.
  ///
  /// @param capacity most numbers it holds
  Ring(int capacity) {
    this.capacity = capacity;
    this.values = new float[Math.min(FIRST_CAPACITY, capacity)];
  }

  /// Takes a number in, in place of the oldest one when the ring is full.
  void add(double value) {
    if (size == values.length && size < capacity) {
      values = Arrays.copyOf(values, Math.min(2 * size, capacity));
    }
    values[next] = (float) value;
    next = (next + 1) % capacity;
    size = Math.min(size + 1, capacity);
  }

  int size() {
    return size;
  }

  /// The mean; 0 when it is empty.
  double mean() {
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sum += values[i];
    }
    return size == 0 ? 0 : sum / size;
  }

  /// The mean of the absolute values; 0 when it is empty.
  double meanSize() {
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sum += Math.abs(values[i]);
    }
    return size == 0 ? 0 : sum / size;
  }

  /// The share of the numbers within a range, its upper end excluded; 0 when it is empty.
  double share(double from, double below) {
    int count = 0;
    for (int i = 0; i < size; i++) {
      count += values[i] >= (float) from && values[i] < (float) below ? 1 : 0;
    }
    return size == 0 ? 0 : (double) count / size;
  }
}
