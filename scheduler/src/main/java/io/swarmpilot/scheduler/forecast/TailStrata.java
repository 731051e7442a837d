package io.swarmpilot.scheduler.forecast;

/// The parts that an execution time is cut into where its tail matters: twelve of 7.5 % each, and
/// ever smaller ones for the longest tenth.
final class TailStrata {
  static final int COUNT = 16;

  private static final int BODY = 12;
  private static final double[] EDGES = {0.9, 0.95, 0.975, 0.99, 1};
  private static final double[] MIDDLES = new double[COUNT];
  private static final double[] WEIGHTS = new double[COUNT];

  static {
    for (int k = 0; k < COUNT; k++) {
      double from = k < BODY ? k * EDGES[0] / BODY : EDGES[k - BODY];
      double to = k < BODY ? (k + 1) * EDGES[0] / BODY : EDGES[k - BODY + 1];
      MIDDLES[k] = (from + to) / 2;
      WEIGHTS[k] = to - from;
    }
  }

  private TailStrata() {}

  /// The probability in the middle of a part.
  static double middle(int part) {
    return MIDDLES[part];
  }

  /// The probability of a part.
  static double weight(int part) {
    return WEIGHTS[part];
  }
}
