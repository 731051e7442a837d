package io.swarmpilot.scheduler.shadow;

import java.util.Arrays;
import java.util.stream.IntStream;

/// How each of the last tasks compared fared on one side: in the live mesh, or in a virtual one.
final class Side {
  /// Rounding to ns must not make a task late that met no other.
  private static final double ROUNDING = 1e-6;

  private static final double THREE = 3;
  private static final double FIVE = 5;

  private final double[] waits;
  private final double[] responses;

  Side(int window) {
    waits = new double[window];
    responses = new double[window];
  }

  /// Notes a task in a place.
  ///
  /// @param responseMs NaN when it was dropped
  void put(int place, double waitMs, double responseMs) {
    waits[place] = waitMs;
    responses[place] = responseMs;
  }

  /// What the places up to a number come to.
  ///
  /// @param alone time of each task by itself, ms
  /// @param objectives objective of each task, ms; NaN without
  Figures figures(int count, double[] alone, double[] objectives) {
    int[] ended = IntStream.range(0, count).filter(i -> !Double.isNaN(responses[i])).toArray();
    double[] slowdowns =
        sorted(Arrays.stream(ended).mapToDouble(i -> slowdown(i, alone[i])).toArray());
    int asked = (int) IntStream.range(0, count).filter(i -> objectives[i] > 0).count();
    long met = Arrays.stream(ended).filter(i -> responses[i] <= objectives[i]).count();
    return new Figures(
        count,
        count - ended.length,
        Figures.Times.of(sorted(Arrays.stream(ended).mapToDouble(i -> waits[i]).toArray())),
        Figures.Times.of(sorted(Arrays.stream(ended).mapToDouble(i -> responses[i]).toArray())),
        Arrays.stream(slowdowns).average().orElse(Double.NaN),
        Figures.percentile(slowdowns, 0.99),
        within(slowdowns, THREE, count),
        within(slowdowns, FIVE, count),
        asked,
        asked == 0 ? Double.NaN : (double) met / asked);
  }

  /// A task that is over at once is not slowed down by its measurement.
  private double slowdown(int place, double alone) {
    return alone > 0 ? responses[place] / alone : 1;
  }

  private static double within(double[] slowdowns, double most, int count) {
    long kept = Arrays.stream(slowdowns).filter(x -> x <= most + ROUNDING).count();
    return count == 0 ? Double.NaN : (double) kept / count;
  }

  private static double[] sorted(double[] values) {
    Arrays.sort(values);
    return values;
  }
}
