package io.swarmpilot.gateway;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.ShuttingDownException;
import com.linecorp.armeria.server.DecoratingHttpServiceFunction;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/// The requests being served, so that those which would never end can be ended.
final class InFlight implements DecoratingHttpServiceFunction {
  /// Bounded by the connections and the streams of each, which are bounded.
  private final Set<ServiceRequestContext> requests = ConcurrentHashMap.newKeySet();

  private volatile boolean draining;

  @Override
  public HttpResponse serve(HttpService delegate, ServiceRequestContext ctx, HttpRequest request)
      throws Exception {
    if (draining) {
      throw ShuttingDownException.get();
    }
    requests.add(ctx);
    CompletableFuture<?> _ = ctx.log().whenComplete().thenRun(() -> requests.remove(ctx));
    return delegate.serve(ctx, request);
  }

  /// Refuses further requests, and ends those that have no timeout: streams, and answers that are
  /// held back.
  void drain() {
    draining = true;
    cancel(ctx -> ctx.requestTimeoutMillis() == 0);
  }

  boolean isEmpty() {
    return requests.isEmpty();
  }

  void cancelAll() {
    cancel(ctx -> true);
  }

  private void cancel(Predicate<ServiceRequestContext> which) {
    requests.stream().filter(which).forEach(ctx -> ctx.cancel(ShuttingDownException.get()));
  }
}
