package io.swarmpilot.benchmark.mock;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import java.util.concurrent.atomic.AtomicLong;

/// A server that does what its script says: `POST /v1/chat/completions`, `/v1/completions`,
/// `/v1/embeddings`, `/api/generate`, `/api/chat`, `/api/pull`; `GET /v1/models`, `/api/tags`,
/// `/health`.
public final class MockServer implements AutoCloseable {
  private static final long MOST_REQUEST_BYTES = 16 << 20;

  private final Server server;
  private final AtomicLong requests;

  private MockServer(Server server, AtomicLong requests) {
    this.server = server;
    this.requests = requests;
  }

  /// Starts a server.
  ///
  /// @param port 0 for a free one
  /// @throws java.util.concurrent.CompletionException when it cannot be had
  public static MockServer start(MockScript script, int port) {
    AtomicLong requests = new AtomicLong();
    ServerBuilder builder =
        Server.builder()
            .http(port)
            .requestTimeoutMillis(0)
            .maxRequestLength(MOST_REQUEST_BYTES)
            .gracefulShutdownTimeoutMillis(0, 0);
    bind(builder, script, requests);
    Server server = builder.build();
    server.start().join();
    return new MockServer(server, requests);
  }

  /// The port it listens on.
  public int port() {
    return server.activeLocalPort();
  }

  /// Requests for output that it had until now, refused ones included.
  public long requests() {
    return requests.get();
  }

  /// Breaks off what is under way and stops.
  @Override
  public void close() {
    server.stop().join();
  }

  private static void bind(ServerBuilder builder, MockScript script, AtomicLong requests) {
    MockModels models = new MockModels(script.models());
    MockTime time = new MockTime();
    Turns turns = new Turns(script.slots());
    for (boolean chat : new boolean[] {true, false}) {
      builder.service(
          chat ? "/v1/chat/completions" : "/v1/completions",
          new MockService(
              script,
              models,
              time,
              turns,
              requests,
              false,
              (ask, index) -> new OpenAiForm(chat, "mock-" + index, ask.model())));
      builder.service(
          chat ? "/api/chat" : "/api/generate",
          new MockService(
              script,
              models,
              time,
              turns,
              requests,
              true,
              (ask, _) -> new OllamaForm(chat, ask.model())));
    }
    builder.service(
        "/v1/embeddings",
        new MockService(
            script,
            models,
            time,
            turns,
            requests,
            false,
            (ask, _) -> new EmbeddingForm(ask.model())));
    builder
        .service("/health", (_, _) -> HttpResponse.of(HttpStatus.OK, MediaType.JSON, "{}"))
        .service("/v1/models", (_, _) -> models.openAiList())
        .service("/api/tags", (_, _) -> models.ollamaList())
        .service("/api/pull", pull(models));
  }

  private static HttpService pull(MockModels models) {
    return (_, request) -> pulled(models, request);
  }

  private static HttpResponse pulled(MockModels models, HttpRequest request) {
    return HttpResponse.of(request.aggregate().thenApply(models::pull));
  }
}
