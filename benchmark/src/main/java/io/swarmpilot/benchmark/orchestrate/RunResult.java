package io.swarmpilot.benchmark.orchestrate;

import io.swarmpilot.benchmark.controller.ClusterMetrics;
import io.swarmpilot.benchmark.controller.NodeMetrics;
import io.swarmpilot.benchmark.executor.Report;
import io.swarmpilot.benchmark.measure.Measurement;
import io.swarmpilot.benchmark.measure.Metric;
import io.swarmpilot.benchmark.recipe.PlannedRun;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What one run measured.
///
/// @param run what was run
/// @param metrics what the client nodes say, lost ones with the last that they said
/// @param complete whether it ran to its end on every node
/// @param invalid why what was measured says nothing about the servers; empty when it does
public record RunResult(
    PlannedRun run, ClusterMetrics metrics, boolean complete, List<String> invalid) {
  /// Copies the reasons.
  public RunResult {
    invalid = List.copyOf(invalid);
  }

  /// Answers of the nodes, by node.
  Map<String, Object> clientMetrics() {
    Map<String, Object> clients = new LinkedHashMap<>();
    metrics.nodes().forEach(node -> clients.put(node.node(), answer(node)));
    return clients;
  }

  /// The aggregate over the nodes: the documented keys, `complete`, and the whole report.
  Map<String, Object> aggregate() {
    Map<String, Object> aggregate = new LinkedHashMap<>(metrics.asMap());
    aggregate.put("complete", complete);
    aggregate.put("report", Report.of(metrics.measured(), invalid));
    return aggregate;
  }

  /// The distributions, base64 of HdrHistogram's compressed form, by name.
  Map<String, String> histograms() {
    Map<String, String> histograms = new LinkedHashMap<>();
    Measurement measured = metrics.measured();
    for (Metric metric : Metric.values()) {
      if (!measured.series(metric).isEmpty()) {
        histograms.put(
            metric.key(), Base64.getEncoder().encodeToString(measured.series(metric).encode()));
      }
    }
    return histograms;
  }

  private static Object answer(NodeMetrics node) {
    return node.asTree();
  }
}
