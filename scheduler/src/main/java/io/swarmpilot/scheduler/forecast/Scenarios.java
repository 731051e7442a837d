package io.swarmpilot.scheduler.forecast;

import java.util.Arrays;
import java.util.SplittableRandom;

/// Plays a queue through on several slots, in a fixed set of scenarios at once.
///
/// Each task meets every scenario with another stratum of its distribution (a Latin hypercube,
/// fixed once for all), so that a few dozen scenarios give what thousands of random draws would.
/// Used again for every computation.
final class Scenarios {
  /// Most tasks whose strata are distinct.
  static final int MOST_TASKS = 32;

  private static final int COUNT = ExecutionTime.STRATA;
  private static final int[][] STRATA = strata();

  private final double[] drawn = new double[COUNT];
  private double[] free = new double[0];
  private int slots;
  private int slotsTaken;
  private int tasks;
  private double mean;
  private double variance;
  private double third;

  /// Begins with an instance of as many slots, or as many as it runs tasks if that is more.
  void begin(int count, int running) {
    slots = Math.max(count, running);
    slotsTaken = 0;
    tasks = 0;
    if (free.length < COUNT * slots) {
      free = new double[COUNT * slots];
    }
    Arrays.fill(free, 0, COUNT * slots, 0);
  }

  /// Adds a task that has run for `elapsed` ms on an instance that takes `times` as long.
  void run(ExecutionTime time, double elapsed, double times) {
    int[] strata = STRATA[tasks++ % MOST_TASKS];
    time.residualAtStrata(elapsed, times, drawn);
    for (int k = 0; k < COUNT; k++) {
      free[k * slots + slotsTaken] = drawn[strata[k]];
    }
    slotsTaken++;
  }

  /// Adds a task that takes the slot that is free first.
  void queue(ExecutionTime time, double times) {
    int[] strata = STRATA[tasks++ % MOST_TASKS];
    for (int k = 0; k < COUNT; k++) {
      free[earliest(k)] += times * time.atStratum(strata[k]);
    }
  }

  /// Finds when the first slot is free, over all scenarios.
  void end() {
    double sum = 0;
    for (int k = 0; k < COUNT; k++) {
      drawn[k] = free[earliest(k)];
      sum += drawn[k];
    }
    mean = sum / COUNT;
    double squares = 0;
    double cubes = 0;
    for (double at : drawn) {
      double off = at - mean;
      squares += off * off;
      cubes += off * off * off;
    }
    variance = squares / COUNT;
    third = cubes / COUNT;
  }

  /// Mean of the time that [#end] found, ms.
  double mean() {
    return mean;
  }

  /// Its variance, ms².
  double variance() {
    return variance;
  }

  /// Its third central moment, ms³.
  double third() {
    return third;
  }

  private int earliest(int scenario) {
    int from = scenario * slots;
    int best = from;
    for (int i = from + 1; i < from + slots; i++) {
      if (free[i] < free[best]) {
        best = i;
      }
    }
    return best;
  }

  private static int[][] strata() {
    SplittableRandom random = new SplittableRandom(1);
    int[][] strata = new int[MOST_TASKS][COUNT];
    for (int[] task : strata) {
      Arrays.setAll(task, k -> k);
      for (int k = COUNT - 1; k > 0; k--) {
        int other = random.nextInt(k + 1);
        int swapped = task[k];
        task[k] = task[other];
        task[other] = swapped;
      }
    }
    return strata;
  }
}
