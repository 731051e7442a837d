package io.swarmpilot.benchmark.mock;

import java.util.SplittableRandom;

/// How a request is to end.
enum Fate {
  DONE,
  REFUSED,
  ERROR_IN_STREAM,
  BROKEN;

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  /// The fate of a request; the same in every run of the same script.
  ///
  /// @param index number of the request, from 0
  static Fate of(MockScript script, long index) {
    SplittableRandom random = new SplittableRandom(script.seed() ^ GOLDEN * (index + 1));
    MockScript.Faults faults = script.faults();
    if (random.nextDouble() < faults.refused()) {
      return REFUSED;
    }
    if (random.nextDouble() < faults.inStream()) {
      return ERROR_IN_STREAM;
    }
    return random.nextDouble() < faults.broken() ? BROKEN : DONE;
  }
}
