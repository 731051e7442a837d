package io.swarmpilot.gateway.rest;

import com.linecorp.armeria.server.ServiceRequestContext;
import io.grpc.Channel;
import java.util.concurrent.CompletableFuture;

/// Which service an operation calls. It may depend on the request, and may have to be looked up.
@FunctionalInterface
public interface Target {
  /// The channel to the service; completes exceptionally when there is none.
  CompletableFuture<Channel> channel(ServiceRequestContext ctx);

  /// Always the same service.
  static Target fixed(Channel channel) {
    CompletableFuture<Channel> known = CompletableFuture.completedFuture(channel);
    return ctx -> known;
  }
}
