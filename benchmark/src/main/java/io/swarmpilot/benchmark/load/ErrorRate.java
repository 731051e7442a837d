package io.swarmpilot.benchmark.load;

import java.util.BitSet;

/// The share of failures among the last requests.
public final class ErrorRate {
  private static final int LAST = 100;

  private final double most;
  private final BitSet failures = new BitSet(LAST);
  private long requests;

  /// No requests yet.
  ///
  /// @param most share that is borne; 1 for any
  public ErrorRate(double most) {
    this.most = most;
  }

  /// A request ended.
  ///
  /// @return whether too many of the last hundred failed
  public boolean add(boolean failed) {
    failures.set((int) (requests++ % LAST), failed);
    return most < 1 && requests >= LAST && failures.cardinality() > most * LAST;
  }
}
