package io.swarmpilot.benchmark.mock;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.time.Duration;
import java.util.Optional;

/// What a mock server does.
///
/// @param models names it serves; any name when there are none
/// @param tokens output tokens of an answer, unless the request wants fewer: 1 to 100,000
/// @param firstOutput from the begin of a request's turn to its first piece
/// @param gap between two pieces, one piece to a token
/// @param stalls other gaps, by number of the gap from 1
/// @param freezes times in which nothing happens
/// @param slots requests in their turn at once, the others wait in order; 0 for any number
/// @param slowStart what is added to the first output of requests that come early
/// @param faults what fails
/// @param seed of what fails
public record MockScript(
    ImmutableList<String> models,
    int tokens,
    Duration firstOutput,
    Duration gap,
    ImmutableMap<Integer, Duration> stalls,
    ImmutableList<Freeze> freezes,
    int slots,
    Optional<SlowStart> slowStart,
    Faults faults,
    long seed) {
  /// Answers any model at once with 16 tokens.
  public static final MockScript FAST =
      new MockScript(
          ImmutableList.of(),
          16,
          Duration.ZERO,
          Duration.ZERO,
          ImmutableMap.of(),
          ImmutableList.of(),
          0,
          Optional.empty(),
          Faults.NONE,
          1);

  private static final int MOST_TOKENS = 100_000;

  /// Refuses what cannot be done.
  public MockScript {
    require(tokens >= 1 && tokens <= MOST_TOKENS, "tokens must be from 1 to 100,000");
    require(
        !firstOutput.isNegative() && !gap.isNegative(),
        "the time to the first output and the gaps must be at least 0");
    require(slots >= 0, "slots must be at least 0");
  }

  /// The same with another course of time.
  public MockScript withTimes(int count, Duration first, Duration between) {
    return new MockScript(
        models, count, first, between, stalls, freezes, slots, slowStart, faults, seed);
  }

  /// The same with one gap of another length.
  ///
  /// @param number of the gap, from 1
  public MockScript withStall(int number, Duration length) {
    return new MockScript(
        models,
        tokens,
        firstOutput,
        gap,
        ImmutableMap.<Integer, Duration>builder()
            .putAll(stalls)
            .put(number, length)
            .buildKeepingLast(),
        freezes,
        slots,
        slowStart,
        faults,
        seed);
  }

  /// The same with these freezes.
  public MockScript withFreezes(Freeze... times) {
    return new MockScript(
        models,
        tokens,
        firstOutput,
        gap,
        stalls,
        ImmutableList.copyOf(times),
        slots,
        slowStart,
        faults,
        seed);
  }

  /// The same with so many requests at once.
  public MockScript withSlots(int atOnce) {
    return new MockScript(
        models, tokens, firstOutput, gap, stalls, freezes, atOnce, slowStart, faults, seed);
  }

  /// The same with a slow start.
  public MockScript withSlowStart(SlowStart start) {
    return new MockScript(
        models, tokens, firstOutput, gap, stalls, freezes, slots, Optional.of(start), faults, seed);
  }

  /// The same with these faults.
  public MockScript withFaults(Faults other) {
    return new MockScript(
        models, tokens, firstOutput, gap, stalls, freezes, slots, slowStart, other, seed);
  }

  /// The same with these models only.
  public MockScript withModels(String... names) {
    return new MockScript(
        ImmutableList.copyOf(names),
        tokens,
        firstOutput,
        gap,
        stalls,
        freezes,
        slots,
        slowStart,
        faults,
        seed);
  }

  /// When it happens that would at a time, ns after the first request.
  long thaw(long nanos) {
    long time = nanos;
    for (Freeze freeze : freezes) {
      time = freeze.thaw(time);
    }
    return time;
  }

  /// When the first piece comes of a request whose turn begins at a time, ns after the first
  /// request.
  long firstPiece(long turn) {
    long slow = slowStart.map(start -> start.at(turn)).orElse(0L);
    return thaw(thaw(turn) + firstOutput.toNanos() + slow);
  }

  /// When the piece comes that follows one.
  ///
  /// @param number of the gap between them, from 1
  long nextPiece(long last, int number) {
    Duration length = stalls.getOrDefault(number, gap);
    return thaw(last + (length == null ? gap : length).toNanos());
  }

  /// Requests whose turn begins before a time take longer to their first output.
  ///
  /// @param until after the first request
  /// @param by how much longer
  public record SlowStart(Duration until, Duration by) {
    long at(long turn) {
      return turn < until.toNanos() ? by.toNanos() : 0;
    }
  }

  /// Shares of requests that fail, each drawn by itself.
  ///
  /// @param refused share that is answered with a status
  /// @param status that status
  /// @param inStream share whose stream ends with an error after half of its pieces
  /// @param broken share whose connection is closed after half of its pieces
  public record Faults(double refused, int status, double inStream, double broken) {
    /// Nothing fails.
    public static final Faults NONE = new Faults(0, 503, 0, 0);

    /// Refuses shares out of bounds.
    public Faults {
      require(isShare(refused) && isShare(inStream) && isShare(broken), "shares are from 0 to 1");
      require(status >= 400 && status <= 599, "a status of failure is from 400 to 599");
    }

    private static boolean isShare(double value) {
      return value >= 0 && value <= 1;
    }
  }

  private static void require(boolean holds, String wrong) {
    if (!holds) {
      throw new IllegalArgumentException(wrong);
    }
  }
}
