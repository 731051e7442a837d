package io.swarmpilot.benchmark.http;

import com.google.common.io.ByteStreams;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// Calls of HTTP servers that block the caller. Meant for virtual threads.
public final class HttpCalls {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final int MAX_BODY_BYTES = 64 << 20;

  /// One client for all: it has no state but its connections.
  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_TIMEOUT)
          .build();

  private HttpCalls() {}

  /// Calls GET.
  public static Reply get(URI url, Duration timeout) {
    return call(HttpRequest.newBuilder(url).GET().timeout(timeout).build());
  }

  /// Calls POST with a JSON body.
  public static Reply post(URI url, String json, Duration timeout) {
    return call(json(url, json).timeout(timeout).build());
  }

  /// Calls POST and answers the body as it comes; whoever reads it closes it.
  ///
  /// @param timeout until the headers are there
  /// @throws CallException when there is no answer, or none of status 2xx
  public static InputStream open(URI url, String json, Duration timeout) {
    try {
      HttpResponse<InputStream> answer =
          CLIENT.send(
              json(url, json).timeout(timeout).build(), HttpResponse.BodyHandlers.ofInputStream());
      if (answer.statusCode() / 100 != 2) {
        throw new CallException(read(answer));
      }
      return answer.body();
    } catch (IOException | UnresolvedAddressException e) {
      throw new CallException(failed(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CallException(interrupted());
    }
  }

  private static HttpRequest.Builder json(URI url, String json) {
    return HttpRequest.newBuilder(url)
        .header("content-type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(json));
  }

  private static Reply call(HttpRequest request) {
    try {
      return read(CLIENT.send(request, HttpResponse.BodyHandlers.ofInputStream()));
    } catch (IOException | UnresolvedAddressException e) {
      return failed(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return interrupted();
    }
  }

  private static Reply read(HttpResponse<InputStream> answer) {
    try (InputStream body = answer.body()) {
      byte[] bytes = ByteStreams.limit(body, MAX_BODY_BYTES + 1L).readAllBytes();
      return bytes.length > MAX_BODY_BYTES
          ? new Reply.Failed(false, "answered more than 64 MiB")
          : new Reply.Answered(answer.statusCode(), new String(bytes, StandardCharsets.UTF_8));
    } catch (IOException e) {
      return failed(e);
    }
  }

  private static Reply.Failed failed(Exception failure) {
    return switch (failure) {
      case HttpTimeoutException _ -> new Reply.Failed(true, "did not answer in time");
      case UnresolvedAddressException _ -> new Reply.Failed(false, "has an unknown host name");
      case ConnectException e ->
          new Reply.Failed(
              false,
              e.getCause() instanceof UnresolvedAddressException
                  ? "has an unknown host name"
                  : "refuses connections");
      default ->
          new Reply.Failed(
              false,
              "broke the connection off"
                  + (failure.getMessage() == null ? "" : ": " + failure.getMessage()));
    };
  }

  private static Reply.Failed interrupted() {
    return new Reply.Failed(false, "was not waited for");
  }

  /// A call without a good answer.
  public static final class CallException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Reply reply;

    CallException(Reply reply) {
      super(reply.problem(), null, false, false);
      this.reply = reply;
    }

    /// What there was instead.
    public Reply reply() {
      return reply;
    }
  }
}
