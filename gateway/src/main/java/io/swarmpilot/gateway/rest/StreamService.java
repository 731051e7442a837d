package io.swarmpilot.gateway.rest;

import com.google.common.base.Ascii;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.concurrent.CompletableFuture;

/// Answers an operation whose RPC streams: server-sent events for those who accept them, else one
/// JSON object a line. Without a timeout, at the reader's pace, and cancelled when the reader goes.
public final class StreamService implements HttpService {
  private final Operation operation;

  /// A service for an operation.
  public StreamService(Operation operation) {
    this.operation = operation;
  }

  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest request) {
    ctx.clearRequestTimeout();
    EventFormat format =
        Ascii.toLowerCase(request.headers().get(HttpHeaderNames.ACCEPT, ""))
                .contains("text/event-stream")
            ? EventFormat.SERVER_SENT
            : EventFormat.LINES;
    if (request.method() == HttpMethod.HEAD) {
      return HttpResponse.of(EventPump.headers(format));
    }
    HttpResponseWriter response = HttpResponse.streaming();
    try {
      CompletableFuture<?> _ =
          operation
              .message(ctx, request)
              .thenCombine(
                  operation.target().channel(ctx),
                  (message, channel) -> {
                    new EventPump(ctx, operation, format, response).start(channel, message);
                    return response;
                  })
              .exceptionally(failure -> {
                refuse(response, failure);
                return null;
              });
    } catch (InvalidRequestException e) {
      return operation.refusal(e);
    }
    return response;
  }

  private void refuse(HttpResponseWriter response, Throwable failure) {
    CompletableFuture<?> _ = operation.refusal(failure).aggregate().thenAccept(response::close);
  }
}
