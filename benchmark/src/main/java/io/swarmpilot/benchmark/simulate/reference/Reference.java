package io.swarmpilot.benchmark.simulate.reference;

import io.swarmpilot.benchmark.simulate.fleet.Faults;
import io.swarmpilot.benchmark.simulate.fleet.Fleet;
import io.swarmpilot.benchmark.simulate.measure.Lives;
import io.swarmpilot.benchmark.simulate.workload.Workload;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Something to compare policies with.
public enum Reference {
  /// Shortest remaining time first, by the true times, preempting and migrating at no cost: the
  /// bound of the mean. Where replicas batch, nothing is preempted: the shortest goes first.
  CLAIRVOYANT_SRPT,
  /// As Google's Prequal chooses: probes, requests in flight, and latency.
  PREQUAL_LIKE,
  /// One queue for all replicas, first come, first served.
  FCFS_POOLED,
  /// One queue, the truly longest first: near the least makespan of tasks that come at once.
  CLAIRVOYANT_LPT;

  /// Name as users write it.
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The one of a name.
  public static Optional<Reference> find(String label) {
    return Arrays.stream(values()).filter(one -> one.label().equals(label)).findFirst();
  }

  /// Those worth showing.
  ///
  /// @param burst whether all tasks come at once
  public static List<Reference> worthShowing(boolean burst) {
    return burst
        ? List.of(CLAIRVOYANT_LPT, FCFS_POOLED)
        : List.of(CLAIRVOYANT_SRPT, PREQUAL_LIKE, FCFS_POOLED);
  }

  /// Runs all tasks to their end.
  public Lives run(Fleet fleet, Faults faults, Workload tasks, long seed) {
    return switch (this) {
      case CLAIRVOYANT_SRPT ->
          fleet.slots() == 1
              ? new PreemptiveShortest(fleet, faults, tasks).run()
              : central(fleet, faults, tasks, tasks.size(), 1);
      case PREQUAL_LIKE -> new PrequalRun(fleet, faults, tasks, seed).run();
      case FCFS_POOLED -> central(fleet, faults, tasks, 0, 0);
      case CLAIRVOYANT_LPT -> central(fleet, faults, tasks, tasks.size(), -1);
    };
  }

  private static Lives central(Fleet fleet, Faults faults, Workload tasks, int sized, double sign) {
    double[] keys = new double[tasks.size()];
    for (int task = 0; task < sized; task++) {
      keys[task] = sign * tasks.aloneMs(task, fleet);
    }
    return new CentralRun(fleet, faults, tasks, keys).run();
  }
}
