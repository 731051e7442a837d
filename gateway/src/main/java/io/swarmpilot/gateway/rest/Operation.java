package io.swarmpilot.gateway.rest;

import com.google.protobuf.Descriptors;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.QueryParams;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.grpc.CallOptions;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.swarmpilot.gateway.upstream.ByteMethods;
import io.swarmpilot.gateway.upstream.ForwardedHeaders;
import io.swarmpilot.runtime.json.CheckedJson;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// One REST operation: its rule, the RPC behind it and the service that answers.
public final class Operation {
  /// What the service is given less than the HTTP request has, so that its own answer comes first.
  private static final long DEADLINE_MARGIN_MILLIS = 100;

  private final Rule rule;
  private final MethodDescriptor<byte[], byte[]> method;
  private final RequestBinder binder;
  private final Target target;
  private final RefusalForm refusals;
  private final Set<String> pathVariables;

  /// An operation for a rule on its generated RPC.
  public Operation(Rule rule, MethodDescriptor<?, ?> method, Target target) {
    this(rule, method, target, ProblemBody.of(rule)::response);
  }

  private Operation(Rule rule, MethodDescriptor<?, ?> method, Target target, RefusalForm refusals) {
    this.rule = rule;
    this.method = ByteMethods.of(method);
    this.target = target;
    this.refusals = refusals;
    binder = new RequestBinder(rule);
    pathVariables = Set.copyOf(rule.path().variables());
  }

  /// The same operation below a path prefix.
  public Operation under(String prefix) {
    return new Operation(rule.under(prefix), method, target);
  }

  /// The same operation with refusals in another form.
  public Operation refusing(RefusalForm form) {
    return new Operation(rule, method, target, form);
  }

  /// The rule it follows.
  public Rule rule() {
    return rule;
  }

  /// The RPC on bytes.
  public MethodDescriptor<byte[], byte[]> method() {
    return method;
  }

  /// The service that answers.
  public Target target() {
    return target;
  }

  /// Type of the request.
  public Descriptors.Descriptor request() {
    return rule.method().getInputType();
  }

  /// The request message in wire form, once the body has arrived.
  CompletableFuture<byte[]> message(ServiceRequestContext ctx, HttpRequest request) {
    if (!rule.hasBody()) {
      return CompletableFuture.completedFuture(
          binder.bind(new byte[0], ctx.pathParams(), ctx.queryParams()));
    }
    return BodyCollector.collect(request)
        .thenApply(body -> binder.bind(body, ctx.pathParams(), QueryParams.of()));
  }

  /// Headers of the call; they say that opaque JSON has been parsed.
  Metadata headers(ServiceRequestContext ctx) {
    Metadata headers = ForwardedHeaders.of(ctx.request().headers());
    headers.put(CheckedJson.HEADER, CheckedJson.CHECKED);
    return headers;
  }

  /// Options of the call: ends a little before the HTTP request does, or where that may be held
  /// back and has no timeout, later than others by as much as it may be held back.
  CallOptions options(ServiceRequestContext ctx) {
    long held = rule.longestWaitMs();
    long millis =
        held > 0 ? ctx.config().requestTimeoutMillis() + held : ctx.requestTimeoutMillis();
    if (millis <= 0) {
      return CallOptions.DEFAULT;
    }
    long margin = Math.min(DEADLINE_MARGIN_MILLIS, millis / 10);
    return CallOptions.DEFAULT.withDeadlineAfter(millis - margin, TimeUnit.MILLISECONDS);
  }

  /// The refusal for a failure of this operation.
  HttpResponse refusal(Throwable failure) {
    return refusals.response(Problems.of(failure, this::part));
  }

  /// Body of a refusal, for streams that have begun.
  byte[] refusalBody(Throwable failure) {
    return ProblemBody.plain().content(Problems.of(failure, this::part)).array();
  }

  private String part(String field) {
    if (pathVariables.contains(field)) {
      return "path";
    }
    return rule.hasBody() ? "body" : "query";
  }
}
