package io.swarmpilot.benchmark.orchestrate;

import io.swarmpilot.benchmark.controller.ClusterMetrics;
import io.swarmpilot.benchmark.controller.NodeMetrics;
import io.swarmpilot.benchmark.controller.NodeProblem;
import io.swarmpilot.benchmark.recipe.PlannedRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// Conducts the runs of a benchmark one after the other.
final class Conductor {
  private static final Duration LEAST_INTERVAL = Duration.ofMillis(200);
  private static final Duration MOST_INTERVAL = Duration.ofSeconds(10);

  /// Between the word to start and the start itself, so that all nodes have heard it.
  private static final double HEAD_START_SECONDS = 0.5;

  private final Preparation ready;
  private final OrchestratorSettings settings;
  private final ResultFiles files;
  private final Consumer<String> narrator;
  private final Consumer<RunProgress> progress;
  private final BooleanSupplier cancelled;
  private final Duration grace;

  Conductor(
      Preparation ready,
      OrchestratorSettings settings,
      ResultFiles files,
      Consumer<String> narrator,
      Consumer<RunProgress> progress,
      BooleanSupplier cancelled,
      Duration grace) {
    this.ready = ready;
    this.settings = settings;
    this.files = files;
    this.narrator = narrator;
    this.progress = progress;
    this.cancelled = cancelled;
    this.grace = grace;
  }

  /// Conducts runs, adding what each measured to `done`, that of the one that failed as well.
  ///
  /// @throws BenchmarkException E004, E005, E006, E007 or E008; no load is left
  void conduct(List<PlannedRun> plan, List<RunResult> done)
      throws BenchmarkException, InterruptedException {
    for (int i = 0; i < plan.size(); i++) {
      PlannedRun run = plan.get(i);
      narrator.accept("run " + (i + 1) + " of " + plan.size() + ": " + run.name());
      start(run);
      try {
        follow(run, i + 1, plan.size(), done);
      } catch (BenchmarkException | InterruptedException | RuntimeException e) {
        boolean _ = ready.controller().stopWorkload();
        throw e;
      }
    }
  }

  private void start(PlannedRun run) throws BenchmarkException {
    boolean several = settings.clientNodes().size() > 1;
    double startAt = several ? System.currentTimeMillis() / 1e3 + HEAD_START_SECONDS : 0;
    ready.problems().clear();
    if (!ready.controller().startWorkload(ready.blueprint().bodies(run, startAt))) {
      boolean network = ready.problems().stream().allMatch(NodeProblem::network);
      throw new BenchmarkException(
          network ? ErrorCode.E008 : ErrorCode.E004, run.name() + ": " + ready.problemsNow());
    }
  }

  private void follow(PlannedRun run, int number, int runs, List<RunResult> done)
      throws BenchmarkException, InterruptedException {
    Duration length = ready.blueprint().length(run);
    long began = System.nanoTime();
    long deadline = began + length.plus(ready.blueprint().lastRequest(run)).plus(grace).toNanos();
    RunWatch watch =
        new RunWatch(
            ready.controller(),
            interval(length),
            metrics ->
                progress.accept(
                    new RunProgress(
                        run.name(),
                        number,
                        runs,
                        Duration.ofNanos(System.nanoTime() - began),
                        length,
                        metrics)),
            cancelled);
    boolean over = watch.untilOver(deadline);
    ClusterMetrics metrics = watch.metrics();
    boolean complete = over && watch.lost().isEmpty() && !cancelled.getAsBoolean();
    RunResult result = new RunResult(run, metrics, complete, invalid(metrics));
    done.add(result);
    files.run(result);
    if (cancelled.getAsBoolean()) {
      throw new BenchmarkException(ErrorCode.E007, run.name() + ": broken off");
    }
    if (!watch.lost().isEmpty()) {
      throw new BenchmarkException(
          ErrorCode.E005,
          run.name()
              + ": "
              + watch.lost().stream().map(NodeProblem::toString).collect(Collectors.joining("; ")));
    }
    if (!over) {
      throw new BenchmarkException(
          ErrorCode.E007,
          run.name() + ": still runs " + grace.toSeconds() + "s after it should have ended");
    }
  }

  /// Often enough to see a short run, seldom enough not to disturb a long one.
  private Duration interval(Duration length) {
    return settings
        .pollInterval()
        .orElseGet(() -> {
          Duration fitting = length.dividedBy(20);
          return fitting.compareTo(LEAST_INTERVAL) < 0
              ? LEAST_INTERVAL
              : fitting.compareTo(MOST_INTERVAL) > 0 ? MOST_INTERVAL : fitting;
        });
  }

  /// Why what was measured says nothing about the servers, by node.
  private static List<String> invalid(ClusterMetrics metrics) {
    List<String> reasons = new ArrayList<>();
    for (NodeMetrics node : metrics.nodes()) {
      node.error().ifPresent(error -> reasons.add(node.node() + ": " + error));
      node.body()
          .path("report")
          .path("invalid_reasons")
          .forEach(reason -> reasons.add(node.node() + ": " + reason.asText()));
    }
    return reasons;
  }
}
