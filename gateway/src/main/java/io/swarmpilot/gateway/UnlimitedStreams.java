package io.swarmpilot.gateway;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.SimpleDecoratingHttpService;
import java.util.function.Function;

/// Lifts the limit on the length of a whole request from gRPC calls: a stream may go on for ever,
/// and each of its messages has a limit of its own.
final class UnlimitedStreams implements Function<HttpService, HttpService> {
  @Override
  public HttpService apply(HttpService delegate) {
    return new SimpleDecoratingHttpService(delegate) {
      @Override
      public HttpResponse serve(ServiceRequestContext ctx, HttpRequest request) throws Exception {
        ctx.setMaxRequestLength(0);
        return unwrap().serve(ctx, request);
      }
    };
  }
}
