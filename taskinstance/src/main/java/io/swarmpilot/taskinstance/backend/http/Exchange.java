package io.swarmpilot.taskinstance.backend.http;

import io.swarmpilot.taskinstance.backend.Cancellation;
import io.swarmpilot.taskinstance.backend.RunFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/// One request and its answer. A cancellation, the end of its time and [#close()] all end it by
/// closing its connection, which is how an engine learns that nobody waits any more.
final class Exchange implements AutoCloseable {
  private static final int BUFFER_BYTES = 16 << 10;
  private static final int MAX_REFUSAL_BYTES = 32 << 10;
  private static final int CONNECT_ATTEMPTS = 3;
  private static final Duration CONNECT_PAUSE = Duration.ofMillis(100);
  // A connection serves further requests only when its answer was read to the end, which follows
  // at once on the last piece; an engine that leaves it open is not waited for.
  private static final Duration END_GRACE = Duration.ofMillis(250);

  private final EngineSettings settings;
  private final Pulse pulse;
  private final StopSignal stop = new StopSignal();
  private final CompletableFuture<Void> over = new CompletableFuture<>();
  private final long start = System.nanoTime();
  private Cancellation.Registration registration = () -> {};
  private @Nullable HttpResponse<InputStream> response;
  private long received;

  private Exchange(EngineSettings settings, Pulse pulse) {
    this.settings = settings;
    this.pulse = pulse;
  }

  /// Sends a request and waits for the head of its answer.
  ///
  /// @param pulse notes that the engine is heard of
  /// @throws RunFailure when there is none, or its status is not 200
  static Exchange open(
      HttpClient client,
      HttpRequest request,
      EngineSettings settings,
      Pulse pulse,
      Cancellation cancellation)
      throws RunFailure {
    Exchange exchange = new Exchange(settings, pulse);
    boolean opened = false;
    try {
      exchange.limit(settings.timeout());
      exchange.registration = cancellation.onRequest(() -> exchange.stop.cancel());
      exchange.response = exchange.connect(client, request);
      exchange.requireOk();
      opened = true;
      return exchange;
    } finally {
      if (!opened) {
        exchange.close();
      }
    }
  }

  /// When it began, ns of the monotonic clock.
  long start() {
    return start;
  }

  /// Whether the answer comes in one piece.
  boolean isWhole() {
    return head().headers().firstValue("content-type").orElse("").startsWith("application/json");
  }

  /// Reads the answer to its end.
  String readAll() throws RunFailure {
    return readText(Integer.MAX_VALUE);
  }

  /// Feeds the answer line by line until it is complete or ends.
  void readInto(Assembly assembly) throws RunFailure {
    LineSplitter splitter = new LineSplitter();
    byte[] buffer = new byte[BUFFER_BYTES];
    for (int count = read(buffer); count >= 0; count = read(buffer)) {
      long now = System.nanoTime();
      for (String line : splitter.split(buffer, count)) {
        if (!assembly.line(line, now)) {
          readToEnd();
          return;
        }
      }
    }
    boolean _ = assembly.line(splitter.rest(), System.nanoTime());
  }

  /// Ends it. What was not read is not wanted.
  @Override
  public void close() {
    registration.close();
    over.complete(null);
    stop.close();
  }

  private void limit(Duration time) {
    var _ =
        over.copy()
            .orTimeout(time.toNanos(), TimeUnit.NANOSECONDS)
            .whenComplete((_, late) -> {
              if (late != null) {
                stop.timeOut();
              }
            });
  }

  private HttpResponse<InputStream> connect(HttpClient client, HttpRequest request)
      throws RunFailure {
    for (int attempt = 1; ; attempt++) {
      try {
        return send(client, request);
      } catch (ConnectException e) {
        // Nothing was sent, so that another attempt cannot do anything twice.
        if (attempt == CONNECT_ATTEMPTS) {
          throw EngineFailures.unreachable(settings.baseUrl(), e);
        }
        pause(CONNECT_PAUSE.multipliedBy(attempt));
      }
    }
  }

  private HttpResponse<InputStream> send(HttpClient client, HttpRequest request)
      throws RunFailure, ConnectException {
    var pending = client.sendAsync(request, HttpResponse.BodyHandlers.ofInputStream());
    stop.closes(() -> pending.cancel(true));
    try {
      HttpResponse<InputStream> answer = pending.get();
      stop.closes(() -> closeQuietly(answer.body()));
      return answer;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw RunFailure.cancelled();
    } catch (CancellationException e) {
      throw ended(e);
    } catch (ExecutionException e) {
      throwIfStopped();
      Throwable cause = e.getCause() == null ? e : e.getCause();
      if (cause instanceof ConnectException refused) {
        throw refused;
      }
      throw cause instanceof HttpConnectTimeoutException || cause instanceof SSLHandshakeException
          ? EngineFailures.unreachable(settings.baseUrl(), cause)
          : ended(cause);
    }
  }

  private void requireOk() throws RunFailure {
    HttpResponse<InputStream> head = head();
    if (head.statusCode() == 200) {
      return;
    }
    String body = readText(MAX_REFUSAL_BYTES);
    throw EngineFailures.refused(head.statusCode(), EngineMessage.in(body));
  }

  /// Reads until this much is there or the answer ends.
  private String readText(int enough) throws RunFailure {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    byte[] buffer = new byte[BUFFER_BYTES];
    int count = 0;
    while (count >= 0 && text.size() < enough) {
      text.write(buffer, 0, count);
      count = read(buffer);
    }
    return text.toString(StandardCharsets.UTF_8);
  }

  private int read(byte[] buffer) throws RunFailure {
    try {
      int count = head().body().read(buffer);
      pulse.beat();
      throwIfStopped();
      received += Math.max(0, count);
      if (received > settings.maxResponseBytes()) {
        throw EngineFailures.tooLarge(settings.maxResponseBytes());
      }
      return count;
    } catch (IOException e) {
      throw ended(e);
    }
  }

  private void readToEnd() {
    limit(END_GRACE);
    try {
      String _ = readAll();
    } catch (RunFailure late) {
      // The answer is complete whatever happens to the connection.
    }
  }

  private void pause(Duration time) throws RunFailure {
    try {
      boolean _ = stop.await(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw RunFailure.cancelled();
    }
    throwIfStopped();
  }

  private RunFailure ended(Throwable cause) throws RunFailure {
    throwIfStopped();
    if (Thread.currentThread().isInterrupted()) {
      return RunFailure.cancelled();
    }
    return EngineFailures.crashed("the connection was lost: " + cause.getMessage());
  }

  private void throwIfStopped() throws RunFailure {
    switch (stop.reason()) {
      case CANCELLED -> throw RunFailure.cancelled();
      case TIMED_OUT -> throw EngineFailures.timeout(settings.timeout());
      case NONE, CLOSED -> {}
    }
  }

  private HttpResponse<InputStream> head() {
    HttpResponse<InputStream> head = response;
    if (head == null) {
      throw new IllegalStateException("the exchange has no answer yet");
    }
    return head;
  }

  private static void closeQuietly(InputStream body) {
    try {
      body.close();
    } catch (IOException e) {
      // It is closed either way.
    }
  }
}
