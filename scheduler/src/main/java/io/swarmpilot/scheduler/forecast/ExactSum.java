package io.swarmpilot.scheduler.forecast;

/// A sum from which terms can be taken again: carried in twice the precision of a `double`, so that
/// what is left after millions of additions and subtractions of very different numbers is right.
///
/// Source: Knuth's two-sum, TAOCP 2, 4.2.2.
final class ExactSum {
  private double high;
  private double low;

  void clear() {
    high = 0;
    low = 0;
  }

  void add(double term) {
    double sum = high + term;
    double taken = sum - high;
    low += (high - (sum - taken)) + (term - taken);
    high = sum + low;
    low -= high - sum;
  }

  double value() {
    return high;
  }
}
