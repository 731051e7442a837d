package io.swarmpilot.benchmark.measure;

/// Requests in flight over a window.
///
/// @param mean weighted by time
/// @param most at any time; of several generators together, the sum of theirs, which is an upper
///   bound
public record Concurrency(double mean, long most) {
  /// Nothing in flight.
  public static final Concurrency NONE = new Concurrency(0, 0);

  Concurrency plus(Concurrency other) {
    return new Concurrency(mean + other.mean, most + other.most);
  }

  Concurrency then(double seconds, Concurrency later, double laterSeconds) {
    double all = seconds + laterSeconds;
    return all == 0
        ? NONE
        : new Concurrency(
            (mean * seconds + later.mean * laterSeconds) / all, Math.max(most, later.most));
  }
}
