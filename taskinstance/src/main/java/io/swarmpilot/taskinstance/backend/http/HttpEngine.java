package io.swarmpilot.taskinstance.backend.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swarmpilot.runtime.error.ErrorReason;
import io.swarmpilot.runtime.error.MeshException;
import io.swarmpilot.taskinstance.backend.Cancellation;
import io.swarmpilot.taskinstance.backend.Execution;
import io.swarmpilot.taskinstance.backend.RunFailure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// The connections of one replica to its engine. Safe for use by several threads.
public final class HttpEngine implements AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(10);

  private final EngineSettings settings;
  private final HttpClient client;

  /// Connections that are made when they are needed.
  public HttpEngine(EngineSettings settings) {
    this.settings = settings;
    Thread.Builder threads = Thread.ofVirtual().name("engine-", 0);
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            // Engines in Python do not speak HTTP/2, and some stumble over an offer of it.
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .executor(task -> threads.start(task));
    settings.tls().ifPresent(builder::sslContext);
    this.client = builder.build();
  }

  /// Where the engine is and how much is asked of it.
  public EngineSettings settings() {
    return settings;
  }

  /// What the engine answers to a question about itself, at an address below its host.
  ///
  /// @throws MeshException INSUFFICIENT_RESOURCES when it does not answer
  public ProbeAnswer probe(URI address) {
    HttpRequest request = to(address).timeout(PROBE_TIMEOUT).GET().build();
    try {
      HttpResponse<String> answer =
          client.send(
              request,
              HttpResponse.BodyHandlers.limiting(
                  HttpResponse.BodyHandlers.ofString(), settings.maxResponseBytes()));
      return new ProbeAnswer(answer.statusCode(), answer.body());
    } catch (IOException e) {
      throw unavailable(EngineFailures.unreachable(settings.baseUrl(), e).message());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable("interrupted while probing " + settings.baseUrl());
    }
  }

  /// A refusal to open a replica because its engine is not there.
  public MeshException unavailable(String why) {
    return MeshException.of(ErrorReason.INSUFFICIENT_RESOURCES, settings.hideKeyIn(why))
        .with("missing", "engine");
  }

  /// Posts a request of a task and waits for the head of the answer.
  Exchange post(EngineRequest request, Execution execution) throws RunFailure {
    HttpRequest post = post(request).header("X-Request-Id", execution.taskId()).build();
    return Exchange.open(client, post, settings, execution.cancellation());
  }

  /// Posts a request that no task asks for, and reads its answer to the end within this time.
  ///
  /// @throws RunFailure when the engine refuses it, fails or takes longer
  public void command(EngineRequest request, Duration limit, Assembly answer) throws RunFailure {
    EngineSettings limited = settings.withTimeout(limit);
    try (Exchange exchange =
        Exchange.open(client, post(request).build(), limited, new Cancellation())) {
      exchange.readInto(answer);
      ObjectNode _ = answer.result();
    } catch (RunFailure failure) {
      throw settings.hideKeyIn(failure);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }

  private HttpRequest.Builder post(EngineRequest request) {
    byte[] body = EngineJson.write(request.body()).getBytes(StandardCharsets.UTF_8);
    return to(URI.create(settings.baseUrl() + request.path()))
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofByteArray(body));
  }

  private HttpRequest.Builder to(URI address) {
    HttpRequest.Builder request = HttpRequest.newBuilder(address);
    settings.key().ifPresent(key -> request.header("Authorization", key.authorization()));
    return request;
  }
}
