package io.swarmpilot.benchmark.load;

import java.time.Duration;

/// What bounds a run.
///
/// @param maxInFlight most requests in flight; more are sent later, their clocks running: 1 to
///   100,000
/// @param maxRequests most requests of the run; 0 for any number
/// @param requestTimeout after which a request has failed
/// @param maxErrorRate share of failures among the last 100 requests that ends the run; 1 for never
/// @param stopWhenSaturated whether to end a run whose requests in flight and whose waits only grow
/// @param maxLag 99 % of the requests must be sent this soon after they were due, or the run is
///   invalid: the generator, not the server, was measured
public record Limits(
    int maxInFlight,
    long maxRequests,
    Duration requestTimeout,
    double maxErrorRate,
    boolean stopWhenSaturated,
    Duration maxLag) {
  /// 10,000 in flight, 2 min for a request, never ended early, lag up to 5 ms.
  public static final Limits DEFAULT =
      new Limits(10_000, 0, Duration.ofMinutes(2), 1, false, Duration.ofMillis(5));

  private static final int MOST_IN_FLIGHT = 100_000;

  /// Refuses limits out of bounds.
  public Limits {
    require(
        maxInFlight >= 1 && maxInFlight <= MOST_IN_FLIGHT,
        "the requests in flight must be limited to 1 to 100,000");
    require(maxRequests >= 0, "the requests of a run must not be limited to below 0");
    require(requestTimeout.isPositive(), "the time of a request must be above 0");
    require(maxErrorRate > 0 && maxErrorRate <= 1, "the error rate must be above 0, at most 1");
    require(maxLag.isPositive(), "the schedule lag must be above 0");
  }

  /// The same with another limit on the requests in flight.
  public Limits withMaxInFlight(int requests) {
    return new Limits(
        requests, maxRequests, requestTimeout, maxErrorRate, stopWhenSaturated, maxLag);
  }

  /// The same with another number of requests.
  public Limits withMaxRequests(long requests) {
    return new Limits(
        maxInFlight, requests, requestTimeout, maxErrorRate, stopWhenSaturated, maxLag);
  }

  /// The same with another time for a request.
  public Limits withRequestTimeout(Duration time) {
    return new Limits(maxInFlight, maxRequests, time, maxErrorRate, stopWhenSaturated, maxLag);
  }

  private static void require(boolean holds, String wrong) {
    if (!holds) {
      throw new IllegalArgumentException(wrong);
    }
  }
}
