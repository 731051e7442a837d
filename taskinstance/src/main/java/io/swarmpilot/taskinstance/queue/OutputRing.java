package io.swarmpilot.taskinstance.queue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// The latest partial output of one task. What exceeds the bounds goes, the oldest first, whether
/// it was sent or not: the numbers of the pieces show it. Safe for use by several threads.
final class OutputRing {
  private static final int MAX_PIECES = 1_024;
  private static final int MAX_CHARACTERS = 256 << 10;

  private final Deque<OutputPiece> pieces = new ArrayDeque<>();
  private final AtomicLong held;
  private final long maxHeld;
  private int next;
  private int unsent;
  private int characters;
  private boolean followed;
  private boolean announced;

  /// @param held characters that all rings hold together
  /// @param maxHeld most characters they may hold; beyond it a ring that takes a piece keeps only
  ///   that one
  OutputRing(AtomicLong held, long maxHeld) {
    this.held = held;
    this.maxHeld = maxHeld;
  }

  /// Takes a piece. Returns whether the scheduler has to be told that there is something for it.
  synchronized boolean add(String json, boolean frame) {
    pieces.add(new OutputPiece(next++, frame, json));
    resize(json.length());
    while (!pieces.isEmpty() && isTooFull()) {
      resize(-pieces.remove().json().length());
    }
    return announce();
  }

  /// Sends every piece from now on, and those still kept first. Returns as [#add].
  synchronized boolean follow() {
    if (!followed) {
      followed = true;
      unsent = 0;
    }
    return announce();
  }

  /// Sends nothing any more.
  synchronized void unfollow() {
    followed = false;
    announced = false;
  }

  /// Takes the pieces that are to be sent, as far as they are still there.
  synchronized List<OutputPiece> takeUnsent() {
    announced = false;
    if (!followed) {
      return List.of();
    }
    List<OutputPiece> due = new ArrayList<>();
    for (OutputPiece piece : pieces) {
      if (piece.sequence() >= unsent) {
        due.add(piece);
      }
    }
    unsent = next;
    return due;
  }

  /// Gives the room back that its pieces take; they can still be sent.
  synchronized void release() {
    held.addAndGet(-characters);
    characters = 0;
  }

  private boolean announce() {
    boolean due = followed && !announced && unsent < next;
    announced |= due;
    return due;
  }

  private boolean isTooFull() {
    return characters > MAX_CHARACTERS
        || pieces.size() > MAX_PIECES
        || (held.get() > maxHeld && pieces.size() > 1);
  }

  private void resize(int by) {
    characters += by;
    held.addAndGet(by);
  }
}
