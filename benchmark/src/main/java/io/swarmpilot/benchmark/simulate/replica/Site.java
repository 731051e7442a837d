package io.swarmpilot.benchmark.simulate.replica;

import io.swarmpilot.benchmark.simulate.fleet.Faults;
import io.swarmpilot.benchmark.simulate.fleet.Fleet;
import io.swarmpilot.benchmark.simulate.workload.Workload;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/// The replicas of a fleet, and which of them something happens on next. One thread, no clock.
public final class Site {
  /// Nothing will happen.
  public static final long NEVER = Replica.NEVER;

  private static final Comparator<Wake> FIRST =
      Comparator.comparingLong(Wake::at).thenComparingInt(Wake::replica);

  private final Workload tasks;
  private final List<Replica> replicas = new ArrayList<>();
  private final PriorityQueue<Wake> wakes = new PriorityQueue<>(FIRST);

  /// Idle replicas.
  public Site(Fleet fleet, Faults faults, Workload tasks) {
    this.tasks = tasks;
    for (int i = 0; i < fleet.size(); i++) {
      replicas.add(
          new Replica(i, fleet.latency(i), fleet.slots(), faults.slowness(i), fleet.cacheBlocks()));
    }
  }

  /// Number of replicas.
  public int size() {
    return replicas.size();
  }

  /// Tasks a replica holds.
  public int held(int replica) {
    return replicas.get(replica).held();
  }

  /// Whether a replica would begin a task at once.
  public boolean isReady(int replica) {
    return replicas.get(replica).isReady();
  }

  /// Input tokens that no replica had to read.
  public long cachedTokens() {
    return replicas.stream().mapToLong(Replica::cachedTokens).sum();
  }

  /// Gives a task to a replica.
  public void give(int replica, int task, long at, List<Notice> notices) {
    Replica to = replicas.get(replica);
    to.add(tasks, task, at, notices);
    wake(to, replica);
  }

  /// A replica loses all it holds.
  public void restart(int replica, long at) {
    replicas.get(replica).restart(at);
  }

  /// When something happens next, [#NEVER] while all are idle.
  public long next() {
    Wake first = wakes.peek();
    while (first != null && replicas.get(first.replica).next() != first.at) {
      wakes.remove();
      first = wakes.peek();
    }
    return first == null ? NEVER : first.at;
  }

  /// Does what happens next.
  public void happen(List<Notice> notices) {
    int replica = wakes.remove().replica;
    Replica on = replicas.get(replica);
    on.happen(notices);
    wake(on, replica);
  }

  private void wake(Replica on, int replica) {
    if (on.next() != NEVER) {
      wakes.add(new Wake(on.next(), replica));
    }
  }

  /// When something was to happen on a replica; not true any more if it was given a task since.
  private record Wake(long at, int replica) {}
}
