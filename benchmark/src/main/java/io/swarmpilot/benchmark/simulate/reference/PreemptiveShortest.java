package io.swarmpilot.benchmark.simulate.reference;

import io.swarmpilot.benchmark.simulate.fleet.Faults;
import io.swarmpilot.benchmark.simulate.fleet.Fleet;
import io.swarmpilot.benchmark.simulate.measure.Lives;
import io.swarmpilot.benchmark.simulate.workload.Workload;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.IntStream;

/// Shortest remaining time first on replicas that run one task at a time: at every moment the tasks
/// with the least work left run, the least of all on the fastest replica; moving costs nothing.
final class PreemptiveShortest {
  private static final double NANOS_A_MS = 1e6;
  private static final Comparator<Work> LEAST =
      Comparator.comparingDouble((Work work) -> work.left).thenComparingInt(work -> work.task);

  private final Fleet fleet;
  private final Workload tasks;
  private final int[] fastestFirst;
  private final double[] slowness;
  private final Lives lives;
  private final List<Work> running = new ArrayList<>();
  private final PriorityQueue<Work> waiting = new PriorityQueue<>(LEAST);
  private double nowMs;

  PreemptiveShortest(Fleet fleet, Faults faults, Workload tasks) {
    this.fleet = fleet;
    this.tasks = tasks;
    this.lives = new Lives(tasks.size());
    this.slowness = IntStream.range(0, fleet.size()).mapToDouble(faults::slowness).toArray();
    this.fastestFirst =
        IntStream.range(0, fleet.size())
            .boxed()
            .sorted(
                Comparator.comparingDouble(
                        (Integer replica) -> slowness[replica] * fleet.latency(replica).stepMs(1))
                    .thenComparing(Comparator.naturalOrder()))
            .mapToInt(replica -> replica)
            .toArray();
  }

  Lives run() {
    int arrived = 0;
    while (arrived < tasks.size() || !running.isEmpty()) {
      double arrival =
          arrived < tasks.size()
              ? tasks.arrivalNanos(arrived) / NANOS_A_MS
              : Double.POSITIVE_INFINITY;
      int first = firstToEnd();
      double end = first < 0 ? Double.POSITIVE_INFINITY : nowMs + remainingMs(first);
      pass(Math.min(arrival, end));
      if (end <= arrival) {
        end(first);
      } else {
        arrive(arrived++);
      }
    }
    return lives;
  }

  private int firstToEnd() {
    int first = -1;
    for (int i = 0; i < running.size(); i++) {
      if (first < 0 || remainingMs(i) < remainingMs(first)) {
        first = i;
      }
    }
    return first;
  }

  private double remainingMs(int place) {
    Work work = running.get(place);
    return work.left / work.fastestMs * work.onMs(fastestFirst[place]);
  }

  private void pass(double untilMs) {
    for (int place = 0; place < running.size(); place++) {
      Work work = running.get(place);
      work.left -= (untilMs - nowMs) / work.onMs(fastestFirst[place]) * work.fastestMs;
    }
    nowMs = untilMs;
  }

  private void end(int place) {
    Work ended = running.remove(place);
    lives.ended(ended.task, (long) Math.ceil(nowMs * NANOS_A_MS));
    if (!waiting.isEmpty()) {
      running.add(waiting.remove());
    }
    settle();
  }

  private void arrive(int task) {
    Work work = new Work(task);
    running.add(work);
    settle();
    if (running.size() > fleet.size()) {
      waiting.add(running.removeLast());
    }
    lives.started(task, 0, tasks.arrivalNanos(task));
    lives.answered(task, tasks.arrivalNanos(task));
  }

  private void settle() {
    running.sort(LEAST);
  }

  /// What is left of a task.
  private final class Work {
    final int task;
    final double fastestMs;

    /// Time it would still take on the fastest hardware, ms.
    double left;

    Work(int task) {
      this.task = task;
      this.fastestMs = tasks.aloneMs(task, fleet);
      this.left = fastestMs;
    }

    double onMs(int replica) {
      return slowness[replica] * tasks.aloneMs(task, fleet.latency(replica));
    }
  }
}
