package io.swarmpilot.benchmark.simulate.reference;

import io.swarmpilot.benchmark.simulate.fleet.Faults;
import io.swarmpilot.benchmark.simulate.fleet.Fleet;
import io.swarmpilot.benchmark.simulate.workload.Workload;
import java.util.Comparator;
import java.util.PriorityQueue;

/// One queue, the least key first; a task is bound when a replica begins to read it, the fastest
/// and then the one with the fewest tasks first.
final class CentralRun extends SiteRun {
  private final Fleet fleet;
  private final PriorityQueue<Integer> queue;
  private final double[] pace;

  CentralRun(Fleet fleet, Faults faults, Workload tasks, double[] keys) {
    super(fleet, faults, tasks);
    this.fleet = fleet;
    this.queue =
        new PriorityQueue<>(
            Comparator.comparingDouble((Integer task) -> keys[task])
                .thenComparing(Comparator.naturalOrder()));
    this.pace = fleet.kinds().stream().mapToDouble(kind -> kind.stepMs(1)).toArray();
  }

  @Override
  void arrived(int task) {
    queue.add(task);
    placeSome();
  }

  @Override
  void answered(int task, int replica) {
    placeSome();
  }

  @Override
  void ended(int task, int replica) {
    placeSome();
  }

  private void placeSome() {
    int replica = best();
    while (!queue.isEmpty() && replica >= 0) {
      give(replica, queue.remove());
      replica = best();
    }
  }

  private int best() {
    int best = -1;
    double least = Double.POSITIVE_INFINITY;
    for (int replica = 0; replica < site.size(); replica++) {
      if (site.isReady(replica)) {
        double cost = pace[fleet.kindOf().get(replica)] * (1 + site.held(replica));
        if (cost < least) {
          least = cost;
          best = replica;
        }
      }
    }
    return best;
  }
}
