package io.swarmpilot.benchmark.orchestrate;

import io.swarmpilot.benchmark.controller.BaseWorkloadController;
import io.swarmpilot.benchmark.controller.ClusterMetrics;
import io.swarmpilot.benchmark.controller.NodeMetrics;
import io.swarmpilot.benchmark.controller.NodeProblem;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// Follows a run until it is over on every node, and notices nodes that are lost: those that do not
/// answer several times in a row, or answer as another process would.
final class RunWatch {
  private static final int MISSES = 3;

  private final BaseWorkloadController controller;
  private final Duration interval;
  private final Consumer<ClusterMetrics> progress;
  private final BooleanSupplier cancelled;
  private final Map<String, NodeMetrics> last = new LinkedHashMap<>();
  private final Map<String, Integer> misses = new LinkedHashMap<>();
  private final Map<String, NodeProblem> lost = new LinkedHashMap<>();

  RunWatch(
      BaseWorkloadController controller,
      Duration interval,
      Consumer<ClusterMetrics> progress,
      BooleanSupplier cancelled) {
    this.controller = controller;
    this.interval = interval;
    this.progress = progress;
    this.cancelled = cancelled;
  }

  /// Waits until it is over; false when that is not before the deadline, or nobody wants it any
  /// more.
  boolean untilOver(long deadline) throws InterruptedException {
    while (true) {
      boolean running = look();
      progress.accept(metrics());
      if (!running) {
        return true;
      }
      long left = deadline - System.nanoTime();
      if (left <= 0 || cancelled.getAsBoolean()) {
        return false;
      }
      TimeUnit.NANOSECONDS.sleep(Math.min(left, interval.toNanos()));
    }
  }

  /// What is known of all nodes, lost ones with the last that they said.
  ClusterMetrics metrics() {
    List<NodeMetrics> nodes =
        last.entrySet().stream().map(entry -> told(entry.getKey(), entry.getValue())).toList();
    return new ClusterMetrics(nodes);
  }

  /// Nodes that were lost, and why.
  List<NodeProblem> lost() {
    return List.copyOf(lost.values());
  }

  /// Asks everybody; whether a run goes on somewhere.
  private boolean look() {
    boolean running = false;
    for (NodeMetrics now : controller.getMetrics().nodes()) {
      if (!lost.containsKey(now.node())) {
        running |= note(now);
      }
    }
    return running;
  }

  private boolean note(NodeMetrics now) {
    NodeMetrics before = last.getOrDefault(now.node(), now);
    if (now.problem().isPresent()) {
      last.put(now.node(), before);
      int count = misses.merge(now.node(), 1, Integer::sum);
      if (count >= MISSES) {
        lost.put(now.node(), now.problem().get());
        return false;
      }
      return true;
    }
    if (isAnother(before, now)) {
      lost.put(now.node(), new NodeProblem(now.node(), false, false, "was restarted"));
      last.put(now.node(), before);
      return false;
    }
    misses.put(now.node(), 0);
    last.put(now.node(), now);
    if (now.stopped()) {
      lost.put(
          now.node(), new NodeProblem(now.node(), false, false, "was stopped before it was over"));
    }
    return now.running();
  }

  /// Whether an answer is of another run than the one that was started.
  private static boolean isAnother(NodeMetrics before, NodeMetrics now) {
    boolean tells = now.body().has("epoch");
    boolean knew = before.problem().isEmpty() && before.body().has("epoch");
    return tells && (now.epoch() == 0 || (knew && before.epoch() != now.epoch()));
  }

  private NodeMetrics told(String name, NodeMetrics metrics) {
    NodeProblem problem = lost.get(name);
    return problem == null
        ? metrics
        : new NodeMetrics(name, metrics.body(), metrics.measured(), Optional.of(problem));
  }
}
