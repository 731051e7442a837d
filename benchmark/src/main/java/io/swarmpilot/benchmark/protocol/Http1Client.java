package io.swarmpilot.benchmark.protocol;

import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.ClientRequestContext;
import com.linecorp.armeria.client.RequestOptions;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.RequestHeadersBuilder;
import com.linecorp.armeria.common.logging.ClientConnectionTimings;
import com.linecorp.armeria.common.logging.RequestLog;
import com.linecorp.armeria.common.logging.RequestLogProperty;
import io.netty.util.AttributeKey;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/// Asks one server over HTTP/1.1, one request at a time on each of as many connections as are
/// needed.
final class Http1Client {
  private static final AttributeKey<Reply> REPLY = AttributeKey.valueOf(Http1Client.class, "REPLY");
  private static final long MOST_ANSWER_BYTES = 64 << 20;

  private final WebClient client;
  private final String prefix;
  private final String authorization;

  /// A client of a server.
  ///
  /// @param address of its root, `http://host:port`
  /// @param apiKey sent as a bearer token; "" for none
  /// @param timeout after which a request has failed
  Http1Client(String address, String apiKey, Duration timeout, ClientFactory factory) {
    URI url = URI.create(address);
    this.prefix = url.getRawPath() == null ? "" : url.getRawPath();
    this.authorization = apiKey.isEmpty() ? "" : "Bearer " + apiKey;
    this.client =
        WebClient.builder(onlyHttp1(url))
            .factory(factory)
            .responseTimeout(timeout)
            .writeTimeout(timeout)
            .maxResponseLength(MOST_ANSWER_BYTES)
            .decorator((delegate, ctx, request) -> {
              tellWhenSent(ctx);
              return delegate.execute(ctx, request);
            })
            .build();
  }

  /// Posts JSON.
  ///
  /// @param reply told when it is sent
  HttpResponse post(String path, byte[] body, Reply reply) {
    return execute(HttpRequest.of(headers(HttpMethod.POST, path), HttpData.wrap(body)), reply);
  }

  /// Asks for a resource.
  ///
  /// @param reply told when it is sent
  HttpResponse get(String path, Reply reply) {
    return execute(HttpRequest.of(headers(HttpMethod.GET, path)), reply);
  }

  private HttpResponse execute(HttpRequest request, Reply reply) {
    return client.execute(request, RequestOptions.builder().attr(REPLY, reply).build());
  }

  private RequestHeaders headers(HttpMethod method, String path) {
    RequestHeadersBuilder headers = RequestHeaders.builder(method, prefix + path);
    if (method == HttpMethod.POST) {
      headers.contentType(MediaType.JSON);
    }
    if (!authorization.isEmpty()) {
      headers.set(HttpHeaderNames.AUTHORIZATION, authorization);
    }
    return headers.build();
  }

  private static void tellWhenSent(ClientRequestContext ctx) {
    Optional<Reply> reply = Optional.ofNullable(ctx.attr(REPLY));
    var _ =
        ctx.log()
            .whenAvailable(RequestLogProperty.REQUEST_FIRST_BYTES_TRANSFERRED_TIME)
            .thenAccept(log -> reply.ifPresent(told -> sentAt(log).ifPresent(told::sent)));
  }

  /// When the thread that sends took the request up. What it takes to connect is the server's.
  private static Optional<Long> sentAt(RequestLog log) {
    Long written = log.requestFirstBytesTransferredTimeNanos();
    if (written == null) {
      return Optional.empty();
    }
    ClientConnectionTimings timings = log.connectionTimings();
    return Optional.of(
        timings == null ? written : written - timings.connectionAcquisitionDurationNanos());
  }

  private static URI onlyHttp1(URI url) {
    String scheme = url.getScheme().equals("https") ? "h1" : "h1c";
    return URI.create(scheme + "://" + url.getRawAuthority());
  }
}
