package io.swarmpilot.benchmark.simulate.mesh;

import io.swarmpilot.benchmark.simulate.replica.Site;
import java.util.ArrayDeque;

/// Tasks on their way to a replica; all take equally long.
final class Journeys {
  private final ArrayDeque<Journey> underway = new ArrayDeque<>();
  private final long duration;

  /// @param duration time from the decision until the replica has the task, ns
  Journeys(long duration) {
    this.duration = duration;
  }

  void begin(int replica, int task, long at) {
    underway.add(new Journey(at + duration, replica, task));
  }

  /// When the next one arrives, [Site#NEVER] when none is underway.
  long next() {
    Journey first = underway.peek();
    return first == null ? Site.NEVER : first.at;
  }

  Journey arrive() {
    return underway.remove();
  }

  /// What is on its way to a replica is lost.
  void lose(int replica) {
    underway.removeIf(journey -> journey.replica == replica);
  }

  /// One of them.
  record Journey(long at, int replica, int task) {}
}
