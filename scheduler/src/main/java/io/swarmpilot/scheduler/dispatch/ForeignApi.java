package io.swarmpilot.scheduler.dispatch;

import com.fasterxml.jackson.core.JsonGenerator;
import io.swarmpilot.proto.common.v1.JsonValue;
import io.swarmpilot.runtime.json.JsonValues;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/// The documented REST endpoints of a task instance. Calls block.
public final class ForeignApi {
  /// How long an instance that is known may take to tell its status.
  static final Duration STATUS_TIMEOUT = Duration.ofMillis(800);

  private static final Duration TASK_TIMEOUT = Duration.ofSeconds(10);

  private final HttpClient http;
  private final String base;

  /// The endpoints at an address.
  public ForeignApi(HttpClient http, String host, int port) {
    this.http = http;
    this.base = "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }

  /// What the instance says of itself; empty when what it answers is no status.
  ///
  /// @param patience longest wait for it
  /// @throws IOException when it does not answer
  public Optional<ForeignStatus> status(Duration patience)
      throws IOException, InterruptedException {
    HttpResponse<String> response = http.send(get("/status", patience), BodyHandlers.ofString());
    return response.statusCode() == 200 ? ForeignJson.status(response.body()) : Optional.empty();
  }

  /// Queues a task; returns the id the instance gave it.
  ///
  /// @throws HttpTimeoutException when it is not known whether the instance took it
  /// @throws IOException when it did not
  Enqueued enqueue(String taskId, String model, JsonValue input, JsonValue metadata)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + "/queue/enqueue"))
            .timeout(TASK_TIMEOUT)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body(taskId, model, input, metadata)))
            .build();
    HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
    boolean taken = response.statusCode() / 100 == 2;
    return new Enqueued(
        response.statusCode(), taken ? ForeignJson.taskId(response.body()).orElse(taskId) : taskId);
  }

  /// The outcome of a task; empty while it has none, or is not known.
  ///
  /// @throws IOException when the instance does not answer
  Optional<ForeignResult> result(String remoteId) throws IOException, InterruptedException {
    HttpResponse<String> response =
        http.send(get("/results/" + encoded(remoteId), TASK_TIMEOUT), BodyHandlers.ofString());
    return response.statusCode() == 200 ? ForeignJson.result(response.body()) : Optional.empty();
  }

  private HttpRequest get(String path, Duration timeout) {
    return HttpRequest.newBuilder(URI.create(base + path)).timeout(timeout).GET().build();
  }

  private static String encoded(String id) {
    return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String body(String taskId, String model, JsonValue input, JsonValue metadata)
      throws IOException {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = JsonValues.FACTORY.createGenerator(out)) {
      json.writeStartObject();
      json.writeFieldName("input_data");
      json.writeRawValue(JsonValues.text(input));
      json.writeFieldName("metadata");
      json.writeRawValue(JsonValues.isPresent(metadata) ? JsonValues.text(metadata) : "{}");
      json.writeStringField("task_id", taskId);
      json.writeStringField("model_name", model);
      json.writeEndObject();
    }
    return out.toString();
  }

  /// What an enqueue was answered with.
  ///
  /// @param httpStatus HTTP status
  /// @param remoteId id the instance gave the task
  record Enqueued(int httpStatus, String remoteId) {}
}
