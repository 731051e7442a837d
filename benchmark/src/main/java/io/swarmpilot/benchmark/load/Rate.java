package io.swarmpilot.benchmark.load;

import java.time.Duration;

/// A rate of requests over time.
public sealed interface Rate {
  /// Most requests a second.
  double MOST = 1_000_000;

  /// When so many requests are due, s after the start: the inverse of the rate's integral.
  double timeOf(double requests);

  /// The same course with a share of the requests.
  Rate times(double share);

  /// The highest rate of its course, requests a second.
  double most();

  private static double seconds(Duration time) {
    return time.toNanos() / 1e9;
  }

  private static double checked(double perSecond) {
    if (!(perSecond > 0 && perSecond <= MOST)) {
      throw new IllegalArgumentException(
          "a rate must be above 0, at most 1,000,000 requests a second, not " + perSecond);
    }
    return perSecond;
  }

  private static Duration checked(Duration time) {
    if (!time.isPositive()) {
      throw new IllegalArgumentException("the times of a rate must be above 0");
    }
    return time;
  }

  /// Always the same.
  ///
  /// @param perSecond requests a second, above 0
  record Steady(double perSecond) implements Rate {
    /// Refuses a rate out of bounds.
    public Steady {
      double _ = checked(perSecond);
    }

    @Override
    public double timeOf(double requests) {
      return requests / perSecond;
    }

    @Override
    public Rate times(double share) {
      return new Steady(share * perSecond);
    }

    @Override
    public double most() {
      return perSecond;
    }
  }

  /// Rises or falls evenly, then stays.
  ///
  /// @param from requests a second at the start, above 0
  /// @param to those at the end of the ramp
  /// @param over how long the ramp is
  record Ramp(double from, double to, Duration over) implements Rate {
    /// Refuses what is no ramp.
    public Ramp {
      double _ = checked(from);
      double _ = checked(to);
      Duration _ = checked(over);
    }

    @Override
    public double timeOf(double requests) {
      double length = seconds(over);
      double onRamp = (from + to) / 2 * length;
      if (requests >= onRamp) {
        return length + (requests - onRamp) / to;
      }
      // from·t + slope·t²/2 = requests, in the form that stays exact for a slope of 0.
      double slope = (to - from) / length;
      return 2 * requests / (from + Math.sqrt(Math.max(0, from * from + 2 * slope * requests)));
    }

    @Override
    public Rate times(double share) {
      return new Ramp(share * from, share * to, over);
    }

    @Override
    public double most() {
      return Math.max(from, to);
    }
  }

  /// Requests come for a while, then none for a while, again and again.
  ///
  /// @param mean requests a second, averaged over both
  /// @param on how long they come
  /// @param off how long none come
  record Bursts(double mean, Duration on, Duration off) implements Rate {
    /// Refuses what are no bursts.
    public Bursts {
      double _ = checked(mean);
      Duration _ = checked(on);
      Duration _ = checked(off);
    }

    @Override
    public double timeOf(double requests) {
      double period = seconds(on) + seconds(off);
      double perPeriod = mean * period;
      double periods = Math.floor(requests / perPeriod);
      return periods * period + (requests - periods * perPeriod) / most();
    }

    @Override
    public Rate times(double share) {
      return new Bursts(share * mean, on, off);
    }

    @Override
    public double most() {
      return mean * (seconds(on) + seconds(off)) / seconds(on);
    }
  }
}
