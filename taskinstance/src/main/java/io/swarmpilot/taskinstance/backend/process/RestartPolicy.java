package io.swarmpilot.taskinstance.backend.process;

import java.time.Duration;
import java.util.Optional;

/// When a server that ended is started again: at once the first time, then after pauses that
/// double, and no more after too many. A server that ran for a while is given all its restarts
/// back. Not safe for use by several threads.
final class RestartPolicy {
  private static final Duration STABLE = Duration.ofSeconds(60);
  private static final Duration SHORTEST = Duration.ofMillis(500);
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final int most;
  private int restarts;

  /// @param most restarts in a row, >= 0
  RestartPolicy(int most) {
    this.most = most;
  }

  /// How long to wait before the server is started again; empty when it is not any more.
  ///
  /// @param ranFor how long it was ready before it ended; zero when it never was
  Optional<Duration> pauseAfter(Duration ranFor) {
    if (ranFor.compareTo(STABLE) >= 0) {
      restarts = 0;
    }
    if (restarts == most) {
      return Optional.empty();
    }
    restarts++;
    return Optional.of(pause(restarts));
  }

  private static Duration pause(int restart) {
    if (restart == 1) {
      return Duration.ZERO;
    }
    Duration pause = SHORTEST;
    for (int i = 2; i < restart && pause.compareTo(LONGEST) < 0; i++) {
      pause = pause.multipliedBy(2);
    }
    return pause.compareTo(LONGEST) < 0 ? pause : LONGEST;
  }
}
