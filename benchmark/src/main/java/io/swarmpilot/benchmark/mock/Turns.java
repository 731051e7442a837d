package io.swarmpilot.benchmark.mock;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/// Lets so many requests have their turn at once, in the order they came.
final class Turns {
  private final int slots;
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private int busy;

  Turns(int slots) {
    this.slots = slots;
  }

  /// Runs it when its turn comes: now or at the end of another's, by that one's thread.
  void take(Runnable turn) {
    synchronized (this) {
      if (slots > 0 && busy == slots) {
        waiting.add(turn);
        return;
      }
      busy++;
    }
    turn.run();
  }

  /// A turn is over.
  void end() {
    next().ifPresent(Runnable::run);
  }

  private synchronized Optional<Runnable> next() {
    Optional<Runnable> next = Optional.ofNullable(waiting.poll());
    if (next.isEmpty()) {
      busy--;
    }
    return next;
  }
}
