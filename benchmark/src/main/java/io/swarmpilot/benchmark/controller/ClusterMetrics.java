package io.swarmpilot.benchmark.controller;

import io.swarmpilot.benchmark.measure.Measurement;
import io.swarmpilot.benchmark.measure.Metric;
import io.swarmpilot.benchmark.measure.Series;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.ToDoubleFunction;

/// What all client nodes measured together.
///
/// Percentiles are those of all requests: histograms are added up. Where a foreign executor has
/// none they are the highest of any node, which the true ones never exceed; they are never
/// averaged.
///
/// @param nodes what each node says
public record ClusterMetrics(List<NodeMetrics> nodes) {
  private static final double MS_PER_S = 1e3;

  /// Copies the nodes.
  public ClusterMetrics {
    nodes = List.copyOf(nodes);
  }

  /// Requests that were answered well.
  public long totalRequests() {
    return nodes.stream().mapToLong(NodeMetrics::requests).sum();
  }

  /// Requests that failed.
  public long totalErrors() {
    return nodes.stream().mapToLong(NodeMetrics::errors).sum();
  }

  /// Mean latency, s; 0 without requests.
  public double avgLatency() {
    long requests = totalRequests();
    double sum = nodes.stream().mapToDouble(node -> node.latency("avg") * node.requests()).sum();
    return requests == 0 ? 0 : sum / requests;
  }

  /// Median latency, s.
  public double p50Latency() {
    return percentile(0.5, node -> node.latency("p50"));
  }

  /// 90th percentile of latency, s.
  public double p90Latency() {
    return percentile(0.9, node -> node.latency("p90"));
  }

  /// 99th percentile of latency, s.
  public double p99Latency() {
    return percentile(0.99, node -> node.latency("p99"));
  }

  /// Requests per second of the longest of their windows.
  public double throughputRps() {
    double longest = nodes.stream().mapToDouble(NodeMetrics::elapsedSeconds).max().orElse(0);
    return longest == 0 ? 0 : totalRequests() / longest;
  }

  /// Whether every node answered.
  public boolean complete() {
    return nodes.stream().allMatch(node -> node.problem().isEmpty());
  }

  /// Whether a workload still runs somewhere.
  public boolean running() {
    return nodes.stream().anyMatch(NodeMetrics::running);
  }

  /// Where percentiles come from: "histograms" or "upper_bound".
  public String percentilesSource() {
    return pooled() ? "histograms" : "upper_bound";
  }

  /// What was measured, added up over the nodes that tell it.
  public Measurement measured() {
    BinaryOperator<Measurement> add = Measurement::plus;
    return nodes.stream()
        .flatMap(node -> node.measured().stream())
        .reduce(add)
        .orElse(Measurement.NONE);
  }

  /// The documented keys, and whether they are complete.
  public Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("total_requests", totalRequests());
    map.put("total_errors", totalErrors());
    map.put("avg_latency", avgLatency());
    map.put("p50_latency", p50Latency());
    map.put("p90_latency", p90Latency());
    map.put("p99_latency", p99Latency());
    map.put("throughput_rps", throughputRps());
    map.put("per_client", nodes.stream().map(NodeMetrics::entry).toList());
    map.put("complete", complete());
    map.put("percentiles_source", percentilesSource());
    return map;
  }

  private boolean pooled() {
    return nodes.stream()
        .filter(node -> node.problem().isEmpty())
        .allMatch(node -> node.measured().isPresent());
  }

  private double percentile(double share, ToDoubleFunction<NodeMetrics> ofNode) {
    if (!pooled()) {
      return nodes.stream().mapToDouble(ofNode).max().orElse(0);
    }
    Series response = measured().series(Metric.RESPONSE);
    return response.isEmpty() ? 0 : response.quantileMs(share) / MS_PER_S;
  }
}
