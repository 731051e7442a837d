package io.swarmpilot.scheduler.queue;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A heap of four children a node whose members know their place.
///
/// `java.util.PriorityQueue` searches linearly for what it is to remove and follows a reference for
/// each comparison; Guava has no heap that removes by position. Here removal costs O(log n), and
/// the ranks lie side by side, so that comparing siblings reads one line of the cache.
final class NodeHeap<N extends HeapNode> {
  private static final int CHILD_BITS = 2;
  private static final int CHILDREN = 1 << CHILD_BITS;
  private static final int KEPT_CAPACITY = 1_024;
  private static final double[] NO_RANKS = {};
  private static final @Nullable HeapNode[] NO_NODES = {};

  private double[] ranks = NO_RANKS;
  private @Nullable HeapNode[] nodes = NO_NODES;
  private int size;

  int size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /// The first, `null` when empty.
  @Nullable N peek() {
    return size == 0 ? null : at(0);
  }

  /// The node at a place below the size; places have no meaning but that the first is at 0.
  @SuppressWarnings("unchecked") // Only nodes of this type get in.
  N at(int index) {
    return (N) requireNonNull(nodes[index]);
  }

  @SuppressWarnings("ReferenceEquality") // A node is this very object.
  boolean contains(N node) {
    int index = node.index;
    return index >= 0 && index < size && nodes[index] == node;
  }

  /// A member that leaves at the least cost, `null` when empty.
  @Nullable N last() {
    return size == 0 ? null : at(size - 1);
  }

  void add(N node) {
    if (size == nodes.length) {
      int capacity = Math.max(CHILDREN, 2 * size);
      ranks = Arrays.copyOf(ranks, capacity);
      nodes = Arrays.copyOf(nodes, capacity);
    }
    node.index = size++;
    up(node);
  }

  @SuppressWarnings("ReferenceEquality") // A node is this very object.
  void remove(N node) {
    int hole = node.index;
    N last = at(--size);
    nodes[size] = null;
    node.index = HeapNode.NOWHERE;
    if (last != node) {
      last.index = hole;
      changed(last);
    } else if (size == 0 && nodes.length > KEPT_CAPACITY) {
      ranks = NO_RANKS;
      nodes = NO_NODES;
    }
  }

  /// Sorts a member in again whose rank or tie has changed.
  void changed(N node) {
    if (!up(node)) {
      down(node.index, node);
    }
  }

  /// Sorts all members, the first to place 0, the last to the last place: still a heap.
  void sort() {
    Arrays.sort(nodes, 0, size, (a, b) -> order(requireNonNull(a), requireNonNull(b)));
    for (int i = 0; i < size; i++) {
      put(i, at(i));
    }
  }

  private static int order(HeapNode a, HeapNode b) {
    if (a.precedes(b)) {
      return -1;
    }
    return b.precedes(a) ? 1 : 0;
  }

  private boolean up(N node) {
    int start = node.index;
    int i = start;
    while (i > 0) {
      int parent = (i - 1) >> CHILD_BITS;
      if (node.rank > ranks[parent] || !node.precedes(at(parent))) {
        break;
      }
      put(i, at(parent));
      i = parent;
    }
    put(i, node);
    return i != start;
  }

  private void down(int start, N node) {
    int i = start;
    for (int first = firstChild(i); first < size; first = firstChild(i)) {
      int least = leastOf(first, Math.min(first + CHILDREN, size));
      if (node.rank < ranks[least] || node.precedes(at(least))) {
        break;
      }
      put(i, at(least));
      i = least;
    }
    put(i, node);
  }

  private static int firstChild(int index) {
    return (index << CHILD_BITS) + 1;
  }

  private int leastOf(int first, int end) {
    int least = first;
    for (int i = first + 1; i < end; i++) {
      if (ranks[i] < ranks[least] || (ranks[i] == ranks[least] && at(i).tie < at(least).tie)) {
        least = i;
      }
    }
    return least;
  }

  private void put(int index, N node) {
    ranks[index] = node.rank;
    nodes[index] = node;
    node.index = index;
  }
}
