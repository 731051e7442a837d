package io.swarmpilot.gateway.special;

import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.MoreExecutors;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.grpc.Channel;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.swarmpilot.gateway.rest.Problem;
import io.swarmpilot.gateway.rest.ProblemBody;
import io.swarmpilot.proto.scheduler.v1.GetStatisticsRequest;
import io.swarmpilot.proto.scheduler.v1.GetStatisticsResponse;
import io.swarmpilot.proto.scheduler.v1.ListShadowsRequest;
import io.swarmpilot.proto.scheduler.v1.ListShadowsResponse;
import io.swarmpilot.proto.scheduler.v1.ShadowServiceGrpc;
import io.swarmpilot.proto.scheduler.v1.ShadowServiceGrpc.ShadowServiceFutureStub;
import io.swarmpilot.proto.scheduler.v1.StatisticsServiceGrpc;
import io.swarmpilot.proto.scheduler.v1.StatisticsServiceGrpc.StatisticsServiceFutureStub;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/// What the scheduler does, and what its shadows would have done, for Prometheus.
///
/// Reason: its text format is no JSON, and one page joins many metrics. It is bound on the
/// scheduler's own port only: where all share a port, `/metrics` would be anybody's.
public final class SchedulerMetrics implements HttpService {
  /// Where it is served.
  public static final String PATH = "/metrics";

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final StatisticsServiceFutureStub statistics;
  private final ShadowServiceFutureStub shadows;
  private final ExpositionFormatWriter format = PrometheusTextFormatWriter.create();

  /// Metrics of the scheduler behind a channel.
  public SchedulerMetrics(Channel channel) {
    this.statistics = StatisticsServiceGrpc.newFutureStub(channel);
    this.shadows = ShadowServiceGrpc.newFutureStub(channel);
  }

  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest request) {
    ListenableFuture<GetStatisticsResponse> counts =
        statistics
            .withDeadlineAfter(PATIENCE)
            .getStatistics(GetStatisticsRequest.getDefaultInstance());
    ListenableFuture<ListShadowsResponse> reports =
        shadows.withDeadlineAfter(PATIENCE).listShadows(ListShadowsRequest.getDefaultInstance());
    CompletableFuture<HttpResponse> answer = new CompletableFuture<>();
    Futures.addCallback(
        Futures.whenAllSucceed(counts, reports)
            .call(
                () -> StatisticsMetrics.of(Futures.getDone(counts), Futures.getDone(reports)),
                MoreExecutors.directExecutor()),
        new FutureCallback<>() {
          @Override
          public void onSuccess(MetricSnapshots metrics) {
            answer.complete(page(metrics));
          }

          @Override
          public void onFailure(Throwable failure) {
            answer.complete(unavailable());
          }
        },
        MoreExecutors.directExecutor());
    return HttpResponse.of(answer);
  }

  private HttpResponse page(MetricSnapshots metrics) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try {
      format.write(text, metrics);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return HttpResponse.of(
        HttpStatus.OK, MediaType.parse(format.getContentType()), HttpData.wrap(text.toByteArray()));
  }

  private static HttpResponse unavailable() {
    return ProblemBody.plain()
        .response(Problem.of(HttpStatus.SERVICE_UNAVAILABLE, "The scheduler does not answer"));
  }
}
