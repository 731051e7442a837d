package io.swarmpilot.benchmark.simulate.reference;

import io.swarmpilot.benchmark.simulate.fleet.Faults;
import io.swarmpilot.benchmark.simulate.fleet.Fleet;
import io.swarmpilot.benchmark.simulate.workload.Workload;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Prequal as its paper tells: every arrival sends three probes, whose answers (requests in flight,
/// latency) fill a pool of 16; a replica is hot when its requests in flight exceed the 0.84
/// quantile of those seen; of the cold ones in the pool the least latency wins, without any the
/// fewest requests in flight. Latency is estimated for each number of requests in flight.
final class PrequalRun extends SiteRun {
  private static final int PROBES = 3;
  private static final int POOL = 16;
  private static final int SEEN = 128;
  private static final int MOST_IN_FLIGHT = 64;
  private static final double HOT = 0.84;
  private static final double WEIGHT = 0.2;

  private final SplittableRandom random;
  private final List<Probe> pool = new ArrayList<>();
  private final ArrayDeque<Integer> seen = new ArrayDeque<>();
  private final double[][] latency;
  private final int[] inFlightAtArrival;

  PrequalRun(Fleet fleet, Faults faults, Workload tasks, long seed) {
    super(fleet, faults, tasks);
    this.random = new SplittableRandom(seed);
    this.latency = new double[fleet.size()][MOST_IN_FLIGHT];
    this.inFlightAtArrival = new int[tasks.size()];
  }

  @Override
  void arrived(int task) {
    for (int i = 0; i < PROBES; i++) {
      probe(random.nextInt(site.size()));
    }
    int replica = choose();
    inFlightAtArrival[task] = bucket(site.held(replica));
    give(replica, task);
  }

  @Override
  void answered(int task, int replica) {
    // Only whole responses count.
  }

  @Override
  void ended(int task, int replica) {
    int bucket = inFlightAtArrival[task];
    double took = now() - tasks.arrivalNanos(task);
    double old = latency[replica][bucket];
    latency[replica][bucket] = old == 0 ? took : old + WEIGHT * (took - old);
  }

  private void probe(int replica) {
    int inFlight = site.held(replica);
    pool.add(new Probe(replica, inFlight, latency(replica, inFlight)));
    if (pool.size() > POOL) {
      pool.removeFirst();
    }
    seen.add(inFlight);
    if (seen.size() > SEEN) {
      seen.remove();
    }
  }

  /// The estimate at that many requests in flight, or at the next fewer of which there is one.
  private double latency(int replica, int inFlight) {
    double estimate = 0;
    for (int bucket = bucket(inFlight); bucket >= 0 && estimate == 0; bucket--) {
      estimate = latency[replica][bucket] * (1 + inFlight) / (1 + bucket);
    }
    return estimate;
  }

  /// Takes the best answer out of the pool: it is used once.
  private int choose() {
    int hot = hotFrom();
    Probe best = pool.getFirst();
    for (Probe probe : pool) {
      if (probe.isBetterThan(best, hot)) {
        best = probe;
      }
    }
    pool.remove(best);
    return best.replica;
  }

  private int hotFrom() {
    int[] sorted = seen.stream().mapToInt(inFlight -> inFlight).sorted().toArray();
    return sorted[(int) (HOT * (sorted.length - 1))];
  }

  private static int bucket(int inFlight) {
    return Math.min(inFlight, MOST_IN_FLIGHT - 1);
  }

  /// What a replica said.
  private record Probe(int replica, int inFlight, double latency) {
    boolean isBetterThan(Probe other, int hot) {
      boolean cold = inFlight <= hot;
      boolean otherCold = other.inFlight <= hot;
      if (cold != otherCold) {
        return cold;
      }
      return cold ? latency < other.latency : inFlight < other.inFlight;
    }
  }
}
