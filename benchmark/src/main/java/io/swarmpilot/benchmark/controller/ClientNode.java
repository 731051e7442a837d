package io.swarmpilot.benchmark.controller;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.swarmpilot.benchmark.http.Endpoint;
import io.swarmpilot.benchmark.http.HttpCalls;
import io.swarmpilot.benchmark.http.Reply;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The executor of one client node, by its documented REST paths, which foreign ones have as well.
final class ClientNode {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration HEALTH = Duration.ofSeconds(5);
  private static final Duration METRICS = Duration.ofSeconds(10);

  private final String name;
  private final Endpoint endpoint;

  /// A node by its name, on its own port if it names one.
  ClientNode(String name, int port) {
    this.name = name;
    this.endpoint = Endpoint.parse(name, port);
  }

  String name() {
    return name;
  }

  Reply health() {
    return HttpCalls.get(endpoint.path("/health"), HEALTH);
  }

  /// Starts a workload; whether it was accepted is [#accepted(Reply)].
  Reply start(Map<String, ? extends @Nullable Object> workload, Duration timeout) {
    return HttpCalls.post(endpoint.path("/start"), text(workload), timeout);
  }

  Reply metrics() {
    return HttpCalls.get(endpoint.path("/metrics"), METRICS);
  }

  /// The whole distributions; foreign executors have none.
  Reply histograms() {
    return HttpCalls.get(endpoint.path("/metrics/histograms"), METRICS);
  }

  Reply stop(Duration timeout) {
    return HttpCalls.post(endpoint.path("/stop"), "{}", timeout);
  }

  /// Whether an executor did what it was asked to: some say so in the body with status 200.
  static boolean accepted(Reply reply) {
    return reply instanceof Reply.Answered answered
        && answered.isOk()
        && tree(answered.body()).path("success").asBoolean(true);
  }

  /// A body as JSON; what is none has nothing in it.
  static JsonNode tree(String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      return JSON.missingNode();
    }
  }

  private static String text(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the workload is not JSON: " + e.getMessage(), e);
    }
  }
}
