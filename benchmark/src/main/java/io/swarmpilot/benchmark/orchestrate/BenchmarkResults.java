package io.swarmpilot.benchmark.orchestrate;

import io.swarmpilot.benchmark.controller.ClusterMetrics;
import io.swarmpilot.benchmark.measure.Measurement;
import io.swarmpilot.benchmark.measure.Metric;
import io.swarmpilot.benchmark.measure.Series;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a benchmark measured.
///
/// @param status "completed" or "failed"
/// @param runs its runs in order, the last one perhaps cut short
/// @param planned how many runs there were to be
/// @param experiment what was benchmarked with what, as the summary says it
/// @param directory where the result files are
/// @param error why it failed
public record BenchmarkResults(
    String status,
    List<RunResult> runs,
    int planned,
    Map<String, Object> experiment,
    Path directory,
    Optional<String> error) {
  private static final double MS_PER_S = 1e3;

  /// Copies the runs.
  public BenchmarkResults {
    runs = List.copyOf(runs);
  }

  /// Whether every run ran to its end on every node.
  public boolean complete() {
    return runs.size() == planned && runs.stream().allMatch(RunResult::complete);
  }

  /// Requests that were answered well, of all runs.
  public long totalRequests() {
    return runs.stream().mapToLong(run -> run.metrics().totalRequests()).sum();
  }

  /// Requests that failed, of all runs.
  public long totalErrors() {
    return runs.stream().mapToLong(run -> run.metrics().totalErrors()).sum();
  }

  /// Requests per second: of the one run, or of all runs one after the other.
  public double throughputRps() {
    double seconds = runs.stream().mapToDouble(BenchmarkResults::seconds).sum();
    return seconds == 0 ? 0 : totalRequests() / seconds;
  }

  /// The documented keys, over all runs.
  public Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("status", status);
    map.put("complete", complete());
    error.ifPresent(why -> map.put("error", why));
    map.put("total_requests", totalRequests());
    map.put("total_errors", totalErrors());
    if (runs.size() == 1) {
      ClusterMetrics only = runs.getFirst().metrics();
      latencies(map, only.avgLatency(), only.p50Latency(), only.p90Latency(), only.p99Latency());
    } else {
      Series response =
          runs.stream()
              .map(run -> run.metrics().measured())
              .reduce(Measurement.NONE, Measurement::plus)
              .series(Metric.RESPONSE);
      latencies(
          map,
          response.meanMs() / MS_PER_S,
          response.quantileMs(0.5) / MS_PER_S,
          response.quantileMs(0.9) / MS_PER_S,
          response.quantileMs(0.99) / MS_PER_S);
    }
    map.put("throughput_rps", throughputRps());
    map.put("output_dir", directory.toString());
    return map;
  }

  private static void latencies(
      Map<String, Object> map, double avg, double p50, double p90, double p99) {
    map.put("avg_latency", avg);
    map.put("p50_latency", p50);
    map.put("p90_latency", p90);
    map.put("p99_latency", p99);
  }

  private static double seconds(RunResult run) {
    return run.metrics().nodes().stream()
        .mapToDouble(node -> node.elapsedSeconds())
        .max()
        .orElse(0);
  }
}
