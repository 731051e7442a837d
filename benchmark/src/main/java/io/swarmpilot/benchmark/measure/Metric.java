package io.swarmpilot.benchmark.measure;

/// The durations that are measured. "Intended" is the moment a request was due by its schedule,
/// whether or not it could be sent then: what a user would have waited from.
public enum Metric {
  /// From the intended start to the end of a successful request: the headline.
  RESPONSE("response"),
  /// From the moment it was sent to its end, of a successful request.
  SERVICE("service"),
  /// From the intended start to the first piece of output.
  FIRST_OUTPUT("ttft"),
  /// From the moment it was sent to the first piece of output.
  FIRST_OUTPUT_SERVICE("ttft_service"),
  /// Every gap between two successive pieces of output.
  GAP("itl"),
  /// The longest gap of each request.
  STALL("stall"),
  /// From the first to the last piece, by output tokens less one, of each request with two tokens.
  PER_TOKEN("tpot"),
  /// The response time by output tokens.
  NORMALISED("normalised"),
  /// How long after it was due a request was sent although nothing held it: the health of the
  /// generator, not of the server.
  LAG("schedule_lag"),
  /// From the intended start to the end of a request that failed.
  FAILED("failed");

  private final String key;

  Metric(String key) {
    this.key = key;
  }

  /// Its name in reports.
  public String key() {
    return key;
  }
}
