package io.swarmpilot.scheduler.queue;

/// What a [NodeHeap] sorts: it knows its own place, so that it can leave from anywhere.
abstract class HeapNode {
  static final int NOWHERE = -1;

  /// The least comes first; never NaN. While in a heap, only changed together with
  /// [NodeHeap#changed].
  double rank;

  /// Decides between equal ranks, the least first; unique within a heap.
  long tie;

  /// Place in the heap, [#NOWHERE] outside.
  int index = NOWHERE;

  final boolean precedes(HeapNode other) {
    return rank < other.rank || (rank == other.rank && tie < other.tie);
  }

  /// The number itself; infinity for NaN.
  static double orInfinity(double value) {
    return Double.isNaN(value) ? Double.POSITIVE_INFINITY : value;
  }
}
