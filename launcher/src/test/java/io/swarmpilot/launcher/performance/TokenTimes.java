package io.swarmpilot.launcher.performance;

import org.HdrHistogram.Histogram;

/// When the tokens of one chat came, as its reader saw them. Used by one thread.
final class TokenTimes {
  private final Histogram gaps;
  private final long start = System.nanoTime();
  private long last;
  private int tokens;

  /// @param gaps takes the times between tokens, ns
  TokenTimes(Histogram gaps) {
    this.gaps = gaps;
  }

  /// Notes that a token is here.
  void token() {
    long now = System.nanoTime();
    if (tokens > 0) {
      gaps.recordValue(Math.min(now - last, gaps.getHighestTrackableValue()));
    }
    last = now;
    tokens++;
  }

  /// Time since it was asked, ns.
  long elapsed() {
    return System.nanoTime() - start;
  }

  /// Fails unless all tokens came.
  void require(int expected) {
    if (tokens != expected) {
      throw new IllegalStateException(tokens + " of " + expected + " tokens came");
    }
  }
}
