package io.swarmpilot.benchmark.executor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.base.Ascii;
import com.google.common.primitives.Ints;
import com.google.protobuf.ByteString;
import io.swarmpilot.benchmark.measure.Count;
import io.swarmpilot.benchmark.measure.Measurement;
import io.swarmpilot.benchmark.measure.Metric;
import io.swarmpilot.benchmark.measure.Series;
import io.swarmpilot.benchmark.recipe.Span;
import io.swarmpilot.proto.benchmark.v1.FetchHistogramsResponse;
import io.swarmpilot.proto.benchmark.v1.GetMetricsResponse;
import io.swarmpilot.proto.benchmark.v1.GetStatusResponse;
import io.swarmpilot.proto.benchmark.v1.LatencySummary;
import io.swarmpilot.proto.benchmark.v1.TimelineSlice;
import io.swarmpilot.proto.benchmark.v1.WorkloadMetrics;
import io.swarmpilot.proto.common.v1.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What the executor answers about a workload.
final class Answers {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final double MS_PER_S = 1e3;
  private static final int MOST_ERRORS = 100;

  private Answers() {}

  static GetStatusResponse status(Optional<Workloads.Run> run, WorkloadState state) {
    return GetStatusResponse.newBuilder()
        .setRunning(state.running())
        .setElapsedSeconds(state.elapsedSeconds())
        .setThreadsActive(state.active())
        .setPhase(Ascii.toLowerCase(state.phase().name()))
        .setEpoch(run.map(Workloads.Run::epoch).orElse(0L))
        .setProgress(state.done())
        .build();
  }

  static GetMetricsResponse metrics(Optional<Workloads.Run> run, WorkloadState state) {
    Measurement measured = state.measured();
    Series times = measured.series(Metric.RESPONSE);
    GetMetricsResponse.Builder answer =
        GetMetricsResponse.newBuilder()
            .setRequestsTotal(requests(measured))
            .setErrorsTotal(count(measured, Count.FAILED))
            .setLatency(
                LatencySummary.newBuilder()
                    .setAvg(times.meanMs() / MS_PER_S)
                    .setP50(quantile(times, 0.5))
                    .setP90(quantile(times, 0.9))
                    .setP99(quantile(times, 0.99)))
            .setThroughputRps(throughput(measured))
            .setElapsedSeconds(measured.seconds())
            .setRunning(state.running())
            .setMetrics(workload(run, measured))
            .setEpoch(run.map(Workloads.Run::epoch).orElse(0L));
    state.failure().ifPresent(answer::setError);
    if (run.isPresent()) {
      Map<String, Object> report = new LinkedHashMap<>();
      report.put("phase", Ascii.toLowerCase(state.phase().name()));
      report.putAll(Report.of(measured, state.invalid()));
      answer.setReport(json(report));
    }
    return answer.build();
  }

  static WorkloadMetrics workload(Optional<Workloads.Run> run, Measurement measured) {
    Series times = measured.series(Metric.RESPONSE);
    WorkloadMetrics.Builder metrics =
        WorkloadMetrics.newBuilder()
            .setTotalRequests(requests(measured))
            .setErrors(count(measured, Count.FAILED))
            .setElapsedSeconds(measured.seconds())
            .setAvgLatencySeconds(times.meanMs() / MS_PER_S)
            .setP50LatencySeconds(quantile(times, 0.5))
            .setP90LatencySeconds(quantile(times, 0.9))
            .setP99LatencySeconds(quantile(times, 0.99))
            .setThroughputRps(throughput(measured));
    measured.errors().entrySet().stream()
        .limit(MOST_ERRORS)
        .forEach(error ->
            metrics.addThreadErrors(
                error.getKey()
                    + " × "
                    + error.getValue()
                    + ": "
                    + measured.messages().getOrDefault(error.getKey(), "")));
    run.map(Workloads.Run::settings)
        .ifPresent(settings ->
            metrics
                .setNumThreads(settings.clients())
                .setModel(settings.model())
                .setDuration(Span.written(settings.duration()).toString()));
    return metrics.build();
  }

  static FetchHistogramsResponse histograms(Optional<Workloads.Run> run, WorkloadState state) {
    Measurement measured = state.measured();
    FetchHistogramsResponse.Builder answer =
        FetchHistogramsResponse.newBuilder()
            .setEpoch(run.map(Workloads.Run::epoch).orElse(0L))
            .setComplete(run.isPresent() && !state.running())
            .setSeconds(measured.seconds())
            .putAllErrors(measured.errors())
            .putAllMessages(measured.messages())
            .setMeanInFlight(measured.concurrency().mean())
            .setMostInFlight(measured.concurrency().most())
            .setSliceSeconds(measured.timeline().sliceSeconds())
            .addAllInvalidReasons(state.invalid());
    for (Count count : Count.values()) {
      answer.putCounts(Report.key(count), measured.count(count));
    }
    for (Metric metric : Metric.values()) {
      if (!measured.series(metric).isEmpty()) {
        answer.putHistograms(metric.key(), bytes(measured.series(metric)));
      }
    }
    measured
        .timeline()
        .slices()
        .forEach(slice ->
            answer.addTimeline(
                TimelineSlice.newBuilder()
                    .setDue(slice.due())
                    .setSucceeded(slice.succeeded())
                    .setFailed(slice.failed())
                    .setOutputTokens(slice.outputTokens())
                    .setResponse(
                        slice.response().isEmpty() ? ByteString.EMPTY : bytes(slice.response()))));
    return answer.build();
  }

  /// Requests that ended well, of those that count.
  static int requests(Measurement measured) {
    return count(measured, Count.SUCCEEDED);
  }

  static int count(Measurement measured, Count what) {
    return Ints.saturatedCast(measured.count(what));
  }

  static double throughput(Measurement measured) {
    return measured.seconds() == 0 ? 0 : measured.count(Count.SUCCEEDED) / measured.seconds();
  }

  static double quantile(Series times, double share) {
    return times.quantileMs(share) / MS_PER_S;
  }

  private static ByteString bytes(Series series) {
    return ByteString.copyFrom(series.encode());
  }

  private static JsonValue json(Object tree) {
    try {
      return JsonValue.newBuilder().setJson(JSON.writeValueAsString(tree)).build();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a report is always JSON", e);
    }
  }
}
