package io.swarmpilot.scheduler.forecast;

import java.util.Arrays;
import java.util.SplittableRandom;

/// Plays a queue through on several slots, in a fixed set of scenarios at once.
///
/// Each task meets every scenario with another stratum of its distribution (a Latin hypercube,
/// fixed once for all), so that a few dozen scenarios give what thousands of random draws would.
final class Scenarios {
  /// Most tasks whose strata are distinct.
  static final int MOST_TASKS = 32;

  private static final int COUNT = ExecutionTime.STRATA;
  private static final int[][] STRATA = strata();

  private final int slots;
  private final double[] free;
  private int slotsTaken;
  private int tasks;

  /// Scenarios of an instance with as many slots, or as many as it runs tasks if that is more.
  Scenarios(int slots, int running) {
    this.slots = Math.max(slots, running);
    this.free = new double[COUNT * this.slots];
  }

  /// Adds a task that has run for `elapsed` ms.
  void run(ExecutionTime time, double elapsed) {
    int[] strata = STRATA[tasks++ % MOST_TASKS];
    for (int k = 0; k < COUNT; k++) {
      double probability = ExecutionTime.middleOf(strata[k]);
      free[k * slots + slotsTaken] = time.residualQuantile(elapsed, probability);
    }
    slotsTaken++;
  }

  /// Adds a task that takes the slot that is free first.
  void queue(ExecutionTime time) {
    int[] strata = STRATA[tasks++ % MOST_TASKS];
    for (int k = 0; k < COUNT; k++) {
      free[earliest(k)] += time.atStratum(strata[k]);
    }
  }

  /// When the first slot is free, over all scenarios.
  Moments firstFree() {
    double sum = 0;
    double squares = 0;
    for (int k = 0; k < COUNT; k++) {
      double at = free[earliest(k)];
      sum += at;
      squares += at * at;
    }
    double mean = sum / COUNT;
    return new Moments(mean, Math.max(0, squares / COUNT - mean * mean));
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
