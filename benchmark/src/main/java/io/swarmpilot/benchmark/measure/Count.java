package io.swarmpilot.benchmark.measure;

import java.util.Locale;

/// What is counted. All but the last group is of requests whose intended start lies in the measured
/// window.
public enum Count {
  /// Requests that were due: the denominator of every share.
  ATTEMPTED,
  /// Those that succeeded.
  SUCCEEDED,
  /// Those that succeeded and met every objective.
  GOOD,
  /// Those that failed, dropped ones included.
  FAILED,
  /// Those that were due and never sent, for as many as may be were in flight.
  DROPPED,
  /// Successful ones whose output has another length than was asked for.
  LENGTH_MISMATCHES,
  /// Successful ones for which the server reported no usage: their pieces of output were counted.
  USAGE_MISSING,
  /// Output tokens of good requests.
  GOOD_TOKENS,
  /// Those that somebody's stop cut off: how they would have ended is unknown, so they are in no
  /// other count.
  CUT,

  /// Requests that ended well within the window, whenever they were due: what the server got done.
  FINISHED,
  /// Tokens these read, as the server reports them.
  INPUT_TOKENS,
  /// Tokens these wrote.
  OUTPUT_TOKENS,
  /// Tokens these read from a cache.
  CACHED_TOKENS,
  /// Output tokens of theirs that were reasoning.
  REASONING_TOKENS;

  /// Its name in reports.
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
