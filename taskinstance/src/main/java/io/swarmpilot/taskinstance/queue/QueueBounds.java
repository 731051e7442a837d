package io.swarmpilot.taskinstance.queue;

import java.time.Duration;

/// How much an instance keeps.
///
/// @param maxPending most tasks that wait
/// @param maxPendingBytes most characters of JSON, about bytes, that the inputs of waiting tasks
///   hold together
/// @param maxResults most results of finished tasks that are kept; also most outcomes that wait for
///   the scheduler's acknowledgement
/// @param resultTtl how long either is kept
/// @param maxResultBytes most characters of JSON, about bytes, that either hold together
public record QueueBounds(
    int maxPending, long maxPendingBytes, int maxResults, Duration resultTtl, long maxResultBytes) {
  private static final QueueBounds DEFAULTS =
      new QueueBounds(10_000, 256L << 20, 10_000, Duration.ofHours(1), 256L << 20);

  /// Checks that every bound is positive.
  public QueueBounds {
    requirePositive(maxPending, "maxPending");
    requirePositive(maxPendingBytes, "maxPendingBytes");
    requirePositive(maxResults, "maxResults");
    requirePositive(maxResultBytes, "maxResultBytes");
    requirePositive(resultTtl.toNanos(), "resultTtl");
  }

  /// 10,000 waiting tasks of 256 MiB, 10,000 results of 256 MiB for one hour.
  public static QueueBounds defaults() {
    return DEFAULTS;
  }

  private static void requirePositive(long value, String name) {
    if (value <= 0) {
      throw new IllegalArgumentException(name + " must be positive, not " + value);
    }
  }
}
