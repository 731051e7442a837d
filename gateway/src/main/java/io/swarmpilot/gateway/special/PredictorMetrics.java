package io.swarmpilot.gateway.special;

import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
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
import io.swarmpilot.gateway.rest.Problem;
import io.swarmpilot.gateway.rest.ProblemBody;
import io.swarmpilot.proto.predictor.v1.ListAccuraciesRequest;
import io.swarmpilot.proto.predictor.v1.ListAccuraciesResponse;
import io.swarmpilot.proto.predictor.v1.PredictorServiceGrpc;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/// How good predictions have been, for Prometheus.
///
/// Reason: its text format is no JSON, and one page joins many metrics. It is bound on the
/// predictor's own port only: where all share a port, `/metrics` would be anybody's.
public final class PredictorMetrics implements HttpService {
  /// Where it is served.
  public static final String PATH = "/metrics";

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final PredictorServiceGrpc.PredictorServiceFutureStub predictor;
  private final ExpositionFormatWriter format = PrometheusTextFormatWriter.create();

  /// Metrics of the predictor behind a channel.
  public PredictorMetrics(Channel channel) {
    this.predictor = PredictorServiceGrpc.newFutureStub(channel);
  }

  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest request) {
    CompletableFuture<HttpResponse> answer = new CompletableFuture<>();
    Futures.addCallback(
        predictor
            .withDeadlineAfter(PATIENCE)
            .listAccuracies(ListAccuraciesRequest.getDefaultInstance()),
        new FutureCallback<>() {
          @Override
          public void onSuccess(ListAccuraciesResponse accuracies) {
            answer.complete(page(accuracies));
          }

          @Override
          public void onFailure(Throwable failure) {
            answer.complete(unavailable());
          }
        },
        MoreExecutors.directExecutor());
    return HttpResponse.of(answer);
  }

  private HttpResponse page(ListAccuraciesResponse accuracies) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try {
      format.write(text, AccuracyMetrics.of(accuracies));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return HttpResponse.of(
        HttpStatus.OK, MediaType.parse(format.getContentType()), HttpData.wrap(text.toByteArray()));
  }

  private static HttpResponse unavailable() {
    return ProblemBody.plain()
        .response(Problem.of(HttpStatus.SERVICE_UNAVAILABLE, "The predictor does not answer"));
  }
}
