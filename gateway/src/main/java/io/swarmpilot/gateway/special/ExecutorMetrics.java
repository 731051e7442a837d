package io.swarmpilot.gateway.special;

import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.MoreExecutors;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.grpc.Channel;
import io.swarmpilot.gateway.rest.Problem;
import io.swarmpilot.gateway.rest.ProblemBody;
import io.swarmpilot.proto.benchmark.v1.GetPrometheusMetricsRequest;
import io.swarmpilot.proto.benchmark.v1.GetPrometheusMetricsResponse;
import io.swarmpilot.proto.benchmark.v1.WorkloadExecutorServiceGrpc;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/// What a workload executor measured, as text for Prometheus.
///
/// Reason: the text format is no JSON; and `GET /metrics` of an executor is documented to answer it
/// as well, to whoever asks for text.
public final class ExecutorMetrics implements HttpService {
  /// Where the text always is.
  public static final String PATH = "/metrics/prometheus";

  /// Where it is for those who ask.
  public static final String NEGOTIATED_PATH = "/metrics";

  private static final MediaType TEXT = MediaType.parse("text/plain; version=0.0.4; charset=utf-8");
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final WorkloadExecutorServiceGrpc.WorkloadExecutorServiceFutureStub executor;

  /// Metrics of the executor behind a channel.
  public ExecutorMetrics(Channel channel) {
    this.executor = WorkloadExecutorServiceGrpc.newFutureStub(channel);
  }

  /// The text for those who ask for it, and for others what `json` answers.
  public HttpService or(HttpService json) {
    return (ctx, request) ->
        wantsText(ctx, request) ? serve(ctx, request) : json.serve(ctx, request);
  }

  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest request) {
    CompletableFuture<HttpResponse> answer = new CompletableFuture<>();
    Futures.addCallback(
        executor
            .withDeadlineAfter(PATIENCE)
            .getPrometheusMetrics(GetPrometheusMetricsRequest.getDefaultInstance()),
        new FutureCallback<>() {
          @Override
          public void onSuccess(GetPrometheusMetricsResponse metrics) {
            answer.complete(
                HttpResponse.of(HttpStatus.OK, TEXT, HttpData.ofUtf8(metrics.getText())));
          }

          @Override
          public void onFailure(Throwable failure) {
            answer.complete(
                ProblemBody.plain()
                    .response(
                        Problem.of(
                            HttpStatus.SERVICE_UNAVAILABLE, "The executor does not answer")));
          }
        },
        MoreExecutors.directExecutor());
    return HttpResponse.of(answer);
  }

  private static boolean wantsText(ServiceRequestContext ctx, HttpRequest request) {
    return request.headers().get(HttpHeaderNames.ACCEPT, "").contains("text/plain")
        || ctx.queryParams().get("format", "").equals("prometheus");
  }
}
