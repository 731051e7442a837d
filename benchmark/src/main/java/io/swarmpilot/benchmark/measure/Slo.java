package io.swarmpilot.benchmark.measure;

import java.time.Duration;
import java.util.Optional;

/// What makes a successful request a good one. All times are from the intended start.
///
/// @param response to the end
/// @param firstOutput to the first piece of output; a request without output misses it
/// @param perToken per output token after the first
/// @param stall of the longest gap between pieces
public record Slo(
    Optional<Duration> response,
    Optional<Duration> firstOutput,
    Optional<Duration> perToken,
    Optional<Duration> stall) {
  /// No objective: every success is good.
  public static final Slo NONE =
      new Slo(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /// An objective for the whole response.
  public static Slo response(Duration within) {
    return new Slo(Optional.of(within), Optional.empty(), Optional.empty(), Optional.empty());
  }

  /// Whether there is no objective.
  public boolean isNone() {
    return equals(NONE);
  }

  boolean met(Outcome outcome) {
    return outcome.succeeded()
        && within(response, outcome.response())
        && (firstOutput.isEmpty()
            || (outcome.hasOutput()
                && within(firstOutput, outcome.firstOutput() - outcome.intended())))
        && within(perToken, outcome.perToken())
        && within(stall, outcome.stall());
  }

  private static boolean within(Optional<Duration> limit, long nanos) {
    return limit.isEmpty() || nanos <= limit.get().toNanos();
  }
}
