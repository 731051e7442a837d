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
import com.linecorp.armeria.common.logging.ClientConnectionTimings;
import com.linecorp.armeria.common.logging.RequestLog;
import com.linecorp.armeria.common.logging.RequestLogProperty;
import io.netty.util.AttributeKey;
import io.swarmpilot.benchmark.prompts.Prompt;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/// A server that is asked over HTTP/1.1, one request at a time on each of as many connections as
/// are needed.
final class HttpTarget implements Target {
  private static final AttributeKey<Reply> REPLY = AttributeKey.valueOf(HttpTarget.class, "REPLY");
  private static final long MOST_ANSWER_BYTES = 64 << 20;

  private final Dialect dialect;
  private final WebClient client;
  private final RequestHeaders headers;

  HttpTarget(
      String address, String apiKey, Dialect dialect, Duration timeout, ClientFactory factory) {
    this.dialect = dialect;
    URI url = URI.create(address + dialect.path());
    this.client =
        WebClient.builder(onlyHttp1(URI.create(url.getScheme() + "://" + url.getRawAuthority())))
            .factory(factory)
            .responseTimeout(timeout)
            .writeTimeout(timeout)
            .maxResponseLength(MOST_ANSWER_BYTES)
            .decorator((delegate, ctx, request) -> {
              tellWhenSent(ctx);
              return delegate.execute(ctx, request);
            })
            .build();
    var builder =
        RequestHeaders.builder(HttpMethod.POST, url.getRawPath()).contentType(MediaType.JSON_UTF_8);
    if (!apiKey.isEmpty()) {
      builder.set(HttpHeaderNames.AUTHORIZATION, "Bearer " + apiKey);
    }
    this.headers = builder.build();
  }

  @Override
  public Call send(Prompt prompt, Reply reply) {
    HttpRequest request = HttpRequest.of(headers, HttpData.wrap(dialect.body(prompt)));
    RequestOptions options = RequestOptions.builder().attr(REPLY, reply).build();
    HttpResponse response = client.execute(request, options);
    AnswerReader reader = new AnswerReader(response, dialect.answer(), reply);
    response.subscribe(reader);
    return reader::cancel;
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

  private static URI onlyHttp1(URI root) {
    String scheme = root.getScheme().equals("https") ? "h1" : "h1c";
    return URI.create(scheme + "://" + root.getRawAuthority());
  }
}
