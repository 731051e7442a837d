package io.swarmpilot.taskinstance.backend.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swarmpilot.runtime.error.ErrorReason;
import io.swarmpilot.runtime.error.MeshException;
import io.swarmpilot.taskinstance.backend.Cancellation;
import io.swarmpilot.taskinstance.backend.EngineLoad;
import io.swarmpilot.taskinstance.backend.Execution;
import io.swarmpilot.taskinstance.backend.RunFailure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/// The connections of one replica to its engine. Safe for use by several threads.
public final class HttpEngine implements AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(10);
  // What is asked again and again waits less.
  private static final Duration WATCH_TIMEOUT = Duration.ofSeconds(5);
  private static final int MAX_METRICS_BYTES = 4 << 20;

  private final EngineSettings settings;
  private final HttpClient client;
  private final Pulse pulse = new Pulse();

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

  /// Where the engine is asked how it is: at these addresses, unless a setting says otherwise.
  public EngineProbes probes(URI health, Optional<URI> metrics) {
    return new EngineProbes(health, settings.probes().metricsUrl().or(() -> metrics));
  }

  /// What the engine answers to a question about itself, at an address below its host.
  ///
  /// @throws MeshException INSUFFICIENT_RESOURCES when it does not answer
  public ProbeAnswer probe(URI address) {
    try {
      return ask(address, PROBE_TIMEOUT, settings.maxResponseBytes());
    } catch (IOException e) {
      throw unavailable(EngineFailures.unreachable(settings.baseUrl(), e).message());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable("interrupted while probing " + settings.baseUrl());
    }
  }

  /// Whether the engine answers at an address, and not that it cannot serve. One that is slow to
  /// answer, but sends output meanwhile, serves.
  boolean serves(URI address) {
    long asked = System.nanoTime();
    try {
      return ask(address, WATCH_TIMEOUT, settings.maxResponseBytes()).status() < 500;
    } catch (IOException e) {
      return pulse.isAfter(asked);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// What the engine says of its load at an address, if it says anything.
  Optional<EngineLoad> load(URI metrics) {
    try {
      ProbeAnswer answer = ask(metrics, WATCH_TIMEOUT, MAX_METRICS_BYTES);
      return answer.isOk()
          ? LoadMetrics.read(answer.body(), settings.model(), metrics.toString())
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /// A refusal to open a replica because its engine is not there.
  public MeshException unavailable(String why) {
    return MeshException.of(ErrorReason.INSUFFICIENT_RESOURCES, settings.hideKeyIn(why))
        .with("missing", "engine");
  }

  /// Posts a request of a task and waits for the head of the answer.
  Exchange post(EngineRequest request, Execution execution) throws RunFailure {
    HttpRequest post = post(request).header("X-Request-Id", requestId(execution)).build();
    return Exchange.open(client, post, settings, pulse, execution.cancellation());
  }

  /// Posts a request that no task asks for, and reads its answer to the end within this time.
  ///
  /// @throws RunFailure when the engine refuses it, fails or takes longer
  public void command(EngineRequest request, Duration limit, Assembly answer) throws RunFailure {
    EngineSettings limited = settings.withTimeout(limit);
    try (Exchange exchange =
        Exchange.open(client, post(request).build(), limited, pulse, new Cancellation())) {
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

  private ProbeAnswer ask(URI address, Duration limit, int maxBytes)
      throws IOException, InterruptedException {
    HttpResponse<String> answer =
        client.send(
            to(address).timeout(limit).GET().build(),
            HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofString(), maxBytes));
    return new ProbeAnswer(answer.statusCode(), answer.body());
  }

  private HttpRequest.Builder to(URI address) {
    HttpRequest.Builder request = HttpRequest.newBuilder(address);
    // Metrics may be served by somebody else, who is not to learn the key.
    if (Objects.equals(address.getRawAuthority(), settings.baseUrl().getRawAuthority())) {
      settings.key().ifPresent(key -> request.header("Authorization", key.authorization()));
    }
    return request;
  }

  /// The number in a task's id: the server of llama-cpp-python refuses ids of requests that are no
  /// UUIDs.
  private static String requestId(Execution execution) {
    return execution.taskId().replaceFirst("^task-(?=\\p{XDigit}{8}-)", "");
  }
}
