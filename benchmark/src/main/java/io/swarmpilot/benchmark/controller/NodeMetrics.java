package io.swarmpilot.benchmark.controller;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.swarmpilot.benchmark.measure.Measurement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What one client node says of its workload.
///
/// @param node its name
/// @param body its answer of `/metrics`; nothing in it when it did not answer
/// @param measured what it measured in a form that adds up; foreign executors have none
/// @param problem why it did not answer
public record NodeMetrics(
    String node, JsonNode body, Optional<Measurement> measured, Optional<NodeProblem> problem) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// Whether its workload still runs.
  public boolean running() {
    return body.path("running").asBoolean(false);
  }

  /// Whether its workload was stopped before it was over; foreign executors do not tell.
  public boolean stopped() {
    return body.path("report").path("phase").asText().equals("stopped");
  }

  /// Number of the run; 0 where the executor tells none.
  public long epoch() {
    return body.path("epoch").asLong();
  }

  /// Why the workload failed as a whole, if it did.
  public Optional<String> error() {
    return body.hasNonNull("error") ? Optional.of(body.get("error").asText()) : Optional.empty();
  }

  /// Requests that were answered well.
  public long requests() {
    return first("requests_total", "total_requests").asLong();
  }

  /// Requests that failed.
  public long errors() {
    return first("errors_total", "errors").asLong();
  }

  /// Length of what was measured, s.
  public double elapsedSeconds() {
    return first("elapsed_seconds", "elapsed_seconds").asDouble();
  }

  /// A figure of its latency, s: "avg", "p50", "p90" or "p99".
  public double latency(String name) {
    JsonNode own = body.path("latency").path(name);
    return own.isMissingNode()
        ? body.path("metrics").path(name + "_latency_seconds").asDouble()
        : own.asDouble();
  }

  /// The node's entry in `per_client`.
  Map<String, Object> entry() {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("node", node);
    entry.put("requests", requests());
    entry.put("errors", errors());
    entry.put("avg_latency", latency("avg"));
    entry.put("p50_latency", latency("p50"));
    entry.put("p90_latency", latency("p90"));
    entry.put("p99_latency", latency("p99"));
    entry.put("throughput_rps", elapsedSeconds() == 0 ? 0.0 : requests() / elapsedSeconds());
    entry.put("elapsed_seconds", elapsedSeconds());
    problem.ifPresent(told -> entry.put("error", told.text()));
    return entry;
  }

  /// Its whole answer, or the reason why there is none.
  public Object asTree() {
    return problem
        .<Object>map(told -> Map.of("error", told.text()))
        .orElseGet(() -> JSON.convertValue(body, Object.class));
  }

  /// Ours first; the first toolkit's executors put everything below `metrics`.
  private JsonNode first(String ours, String theirs) {
    return body.has(ours) ? body.get(ours) : body.path("metrics").path(theirs);
  }
}
