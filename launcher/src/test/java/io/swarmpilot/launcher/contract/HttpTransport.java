package io.swarmpilot.launcher.contract;

import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;

/// REST over HTTP/1.1 at the port of each role, as curl speaks it.
final class HttpTransport implements Transport {
  private static final String BOUNDARY = "contract-case-boundary";

  private final ToIntFunction<String> portOfRole;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  HttpTransport(ToIntFunction<String> portOfRole) {
    this.portOfRole = portOfRole;
  }

  @Override
  public Answer call(Call call) {
    URI uri = URI.create("http://127.0.0.1:" + portOfRole.applyAsInt(call.role()) + call.path());
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .timeout(Duration.ofSeconds(20))
            .method(call.method(), body(call));
    headers(call).forEach(request::header);
    long start = System.nanoTime();
    try {
      HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
      return new Answer(
          response.statusCode(),
          headers(response),
          response.body(),
          Optional.empty(),
          (System.nanoTime() - start) / 1_000_000);
    } catch (IOException e) {
      throw new UncheckedIOException(call.toString(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static BodyPublisher body(Call call) {
    if (!call.form().isEmpty()) {
      return BodyPublishers.ofString(multipart(call));
    }
    return call.body().map(BodyPublishers::ofString).orElseGet(BodyPublishers::noBody);
  }

  /// The headers of the case; JSON is the content type of a body unless the case says otherwise,
  /// with "" for none at all.
  private static Map<String, String> headers(Call call) {
    if (!call.form().isEmpty()) {
      return Map.of("content-type", "multipart/form-data; boundary=" + BOUNDARY);
    }
    ImmutableMap.Builder<String, String> headers = ImmutableMap.builder();
    if (call.body().isPresent() && !call.headers().containsKey("content-type")) {
      headers.put("content-type", "application/json");
    }
    call.headers()
        .forEach((name, value) -> {
          if (!value.isEmpty()) {
            headers.put(name, value);
          }
        });
    return headers.buildOrThrow();
  }

  private static ImmutableMap<String, String> headers(HttpResponse<?> response) {
    ImmutableMap.Builder<String, String> headers = ImmutableMap.builder();
    response
        .headers()
        .map()
        .forEach((name, values) -> headers.put(name, String.join(", ", values)));
    return headers.buildOrThrow();
  }

  private static String multipart(Call call) {
    StringBuilder text = new StringBuilder();
    for (Call.FormPart part : call.form()) {
      text.append("--").append(BOUNDARY).append("\r\n");
      text.append("Content-Disposition: form-data; name=\"").append(part.name()).append('"');
      if (!part.fileName().isEmpty()) {
        text.append("; filename=\"").append(part.fileName()).append('"');
        text.append("\r\nContent-Type: application/octet-stream");
      }
      text.append("\r\n\r\n").append(part.content()).append("\r\n");
    }
    return text.append("--").append(BOUNDARY).append("--\r\n").toString();
  }

  @Override
  public void close() {
    client.close();
  }
}
