package io.swarmpilot.launcher.performance;

import io.grpc.ManagedChannel;
import io.swarmpilot.proto.scheduler.v1.SchedulerServiceGrpc;
import io.swarmpilot.proto.scheduler.v1.SetStrategyRequest;
import io.swarmpilot.runtime.grpc.MeshChannels;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/// Prints how well a running mesh foretells execution times and waits: embeddings of mixed length
/// on two instances of the real model. `docs/performance.md` says how to run it and how to read it.
///
/// Arguments: tasks to learn from (default 1000), tasks judged in each row (default 300).
public final class PredictionMeasurements {
  private static final int FEW = 3;
  private static final int QUEUED = 12;

  private PredictionMeasurements() {}

  /// Runs the measurements.
  public static void main(String[] args) throws IOException, InterruptedException {
    int learned = args.length > 0 ? Integer.parseInt(args[0]) : 1_000;
    int judged = args.length > 1 ? Integer.parseInt(args[1]) : 300;
    try (MeasuredMesh mesh = MeasuredMesh.start(MeasuredMesh.EMBEDDING, 2, 1)) {
      ManagedChannel channel = MeshChannels.netty("127.0.0.1", mesh.schedulerPort());
      EmbeddingLoad load = new EmbeddingLoad(channel);
      System.out.println(
          "| | tasks | error of execution, median | p90 | actual over predicted, median | waits"
              + " | within ± 2·error | ± 1·error | median wait ms | actual − expected, mean ms"
              + " | no wait: tasks | p50 ms | p95 ms | predicted by |");
      System.out.println("|---|---|---|---|---|---|---|---|---|---|---|---|---|---|");
      print("learned from", load.run(learned, FEW));
      print("one in flight", load.run(judged, 1));
      print("few in flight", load.run(judged, FEW));
      print("a queue, `proportional_deadline`", load.run(judged, QUEUED));
      use(channel, "shortest_queue");
      List<Life> change = load.run(QUEUED, QUEUED);
      print("a queue, `shortest_queue`", load.run(judged, QUEUED));
      print("(the change of strategy)", change);
      channel.shutdownNow();
    }
  }

  private static void use(ManagedChannel channel, String strategy) {
    String status =
        SchedulerServiceGrpc.newBlockingStub(channel)
            .setStrategy(SetStrategyRequest.newBuilder().setName(strategy).build())
            .getStatus();
    if (!status.equals("success")) {
      throw new IllegalStateException(strategy + ": " + status);
    }
  }

  private static void print(String name, List<Life> lives) {
    List<Life> waits = lives.stream().filter(Life::waits).toList();
    List<Life> none = lives.stream().filter(life -> !life.waits()).toList();
    double[] errors = sorted(lives, Life::executionError);
    double[] atOnce = sorted(none, PredictionMeasurements::wait);
    System.out.printf(
        "| %s | %,d | %.1f %% | %.1f %% | %.3f | %,d | %.1f %% | %.1f %% | %.1f | %.1f"
            + " | %,d | %.1f | %.1f | %s |%n",
        name,
        lives.size(),
        100 * at(errors, 0.5),
        100 * at(errors, 0.9),
        at(sorted(lives, Life::executionRatio), 0.5),
        waits.size(),
        100 * share(waits, 2),
        100 * share(waits, 1),
        at(sorted(waits, PredictionMeasurements::wait), 0.5),
        waits.stream().mapToDouble(Life::waitDifferenceMs).average().orElse(Double.NaN),
        none.size(),
        at(atOnce, 0.5),
        at(atOnce, 0.95),
        methods(lives));
  }

  private static double wait(Life life) {
    return life.task().getWaitTimeMs();
  }

  /// Share of tasks whose wait lay within so many of the stated standard deviations.
  private static double share(List<Life> lives, double deviations) {
    return lives.stream().filter(life -> life.waitsWithin(deviations)).count()
        / (double) lives.size();
  }

  private static String methods(List<Life> lives) {
    Map<String, Long> counts =
        lives.stream()
            .collect(
                Collectors.groupingBy(
                    life -> life.task().getPredictionMethod(),
                    TreeMap::new,
                    Collectors.counting()));
    return counts.toString();
  }

  private static double[] sorted(List<Life> lives, ToDoubleFunction<Life> what) {
    double[] values = lives.stream().mapToDouble(what).toArray();
    Arrays.sort(values);
    return values;
  }

  private static double at(double[] sorted, double probability) {
    return sorted.length == 0
        ? Double.NaN
        : sorted[(int) Math.min(sorted.length - 1, probability * sorted.length)];
  }
}
