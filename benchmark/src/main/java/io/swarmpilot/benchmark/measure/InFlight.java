package io.swarmpilot.benchmark.measure;

/// Requests in flight, weighted by time.
final class InFlight {
  private final Window window;
  private long current;
  private long most;
  private long since;
  private double area;

  InFlight(Window window) {
    this.window = window;
  }

  void change(long now, int by) {
    pass(now);
    current += by;
    if (window.contains(now)) {
      most = Math.max(most, current);
    }
  }

  Concurrency read(long now) {
    pass(now);
    double past = Math.max(0, Math.min(now, window.until()) - window.from());
    return past == 0 ? Concurrency.NONE : new Concurrency(area / past, most);
  }

  private void pass(long now) {
    long from = Math.max(since, window.from());
    long to = Math.min(now, window.until());
    if (to > from) {
      area += (double) current * (to - from);
      most = Math.max(most, current);
    }
    // Ends of requests on several threads may be told a little out of order.
    since = Math.max(since, now);
  }
}
