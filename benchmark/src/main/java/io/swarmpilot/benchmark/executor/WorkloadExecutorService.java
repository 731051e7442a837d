package io.swarmpilot.benchmark.executor;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.swarmpilot.benchmark.recipe.InvalidSettingsException;
import io.swarmpilot.benchmark.recipe.Tree;
import io.swarmpilot.benchmark.recipe.WorkloadSettings;
import io.swarmpilot.proto.benchmark.v1.FetchHistogramsRequest;
import io.swarmpilot.proto.benchmark.v1.FetchHistogramsResponse;
import io.swarmpilot.proto.benchmark.v1.GetHealthRequest;
import io.swarmpilot.proto.benchmark.v1.GetHealthResponse;
import io.swarmpilot.proto.benchmark.v1.GetMetricsRequest;
import io.swarmpilot.proto.benchmark.v1.GetMetricsResponse;
import io.swarmpilot.proto.benchmark.v1.GetPrometheusMetricsRequest;
import io.swarmpilot.proto.benchmark.v1.GetPrometheusMetricsResponse;
import io.swarmpilot.proto.benchmark.v1.GetStatusRequest;
import io.swarmpilot.proto.benchmark.v1.GetStatusResponse;
import io.swarmpilot.proto.benchmark.v1.StartWorkloadRequest;
import io.swarmpilot.proto.benchmark.v1.StartWorkloadResponse;
import io.swarmpilot.proto.benchmark.v1.StopWorkloadRequest;
import io.swarmpilot.proto.benchmark.v1.StopWorkloadResponse;
import io.swarmpilot.proto.benchmark.v1.WatchMetricsRequest;
import io.swarmpilot.proto.benchmark.v1.WatchMetricsResponse;
import io.swarmpilot.proto.benchmark.v1.WorkloadExecutorServiceGrpc;
import io.swarmpilot.runtime.BuildInfo;
import io.swarmpilot.runtime.error.FieldViolation;
import io.swarmpilot.runtime.error.MeshException;
import io.swarmpilot.runtime.error.Violations;
import io.swarmpilot.runtime.grpc.Unary;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// The executor's contract. Methods block: they run on virtual threads.
final class WorkloadExecutorService
    extends WorkloadExecutorServiceGrpc.WorkloadExecutorServiceImplBase {
  private static final int DEFAULT_INTERVAL_MS = 1_000;
  private static final double MOST_AHEAD_SECONDS = 600;
  private static final String CODE = "code";

  private final Workloads workloads;
  private final String host;

  WorkloadExecutorService(Workloads workloads, String host) {
    this.workloads = workloads;
    this.host = host;
  }

  @Override
  public void getHealth(GetHealthRequest request, StreamObserver<GetHealthResponse> observer) {
    Unary.answer(
        observer,
        () ->
            GetHealthResponse.newBuilder()
                .setService(workloads.service())
                .setStatus("ok")
                .setVersion(BuildInfo.version())
                .build());
  }

  @Override
  public void startWorkload(
      StartWorkloadRequest request, StreamObserver<StartWorkloadResponse> observer) {
    Unary.answer(
        observer,
        () -> {
          Workloads.Run run = start(request);
          return StartWorkloadResponse.newBuilder()
              .setStatus("started")
              .setThreads(run.settings().clients())
              .setSuccess(true)
              .setMessage("Workload started")
              .setEpoch(run.epoch())
              .build();
        });
  }

  @Override
  public void getStatus(GetStatusRequest request, StreamObserver<GetStatusResponse> observer) {
    Unary.answer(observer, () -> status(workloads.current()));
  }

  @Override
  public void getMetrics(GetMetricsRequest request, StreamObserver<GetMetricsResponse> observer) {
    Unary.answer(observer, () -> metrics(workloads.current()));
  }

  @Override
  public void getPrometheusMetrics(
      GetPrometheusMetricsRequest request, StreamObserver<GetPrometheusMetricsResponse> observer) {
    Unary.answer(
        observer,
        () -> {
          Optional<Workloads.Run> run = workloads.current();
          int clients = run.map(current -> current.settings().clients()).orElse(0);
          return GetPrometheusMetricsResponse.newBuilder()
              .setText(PrometheusText.of(workloads.service(), host, state(run), clients))
              .build();
        });
  }

  @Override
  public void fetchHistograms(
      FetchHistogramsRequest request, StreamObserver<FetchHistogramsResponse> observer) {
    Unary.answer(
        observer,
        () -> {
          Optional<Workloads.Run> run = workloads.current();
          return Answers.histograms(run, state(run));
        });
  }

  @Override
  public void watchMetrics(
      WatchMetricsRequest request, StreamObserver<WatchMetricsResponse> observer) {
    int interval = request.hasIntervalMs() ? request.getIntervalMs() : DEFAULT_INTERVAL_MS;
    if (interval < 100 || interval > 60_000) {
      observer.onError(MeshException.invalid("interval_ms", "must be from 100 to 60000"));
      return;
    }
    ServerCallStreamObserver<WatchMetricsResponse> call =
        (ServerCallStreamObserver<WatchMetricsResponse>) observer;
    try {
      boolean running = true;
      while (running && !call.isCancelled()) {
        Optional<Workloads.Run> run = workloads.current();
        running = state(run).running();
        // A reader that is slow misses what is outdated when it comes to it.
        if (call.isReady() || !running) {
          call.onNext(
              WatchMetricsResponse.newBuilder()
                  .setMetrics(metrics(run))
                  .setStatus(status(run))
                  .build());
        }
        if (running) {
          TimeUnit.MILLISECONDS.sleep(interval);
        }
      }
      call.onCompleted();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      call.onCompleted();
    }
  }

  @Override
  public void stopWorkload(
      StopWorkloadRequest request, StreamObserver<StopWorkloadResponse> observer) {
    Unary.answer(
        observer,
        () -> {
          Optional<Workloads.Run> stopped = workloads.stop();
          StopWorkloadResponse.Builder answer =
              StopWorkloadResponse.newBuilder().setStatus("stopped").setSuccess(true);
          stopped.ifPresent(run ->
              answer.setFinalMetrics(Answers.workload(stopped, run.workload().state().measured())));
          return answer
              .setMessage(stopped.isPresent() ? "Workload stopped" : "No workload running")
              .build();
        });
  }

  private Workloads.Run start(StartWorkloadRequest request) {
    try {
      Tree body = WorkloadBody.of(request);
      if (body.root().isEmpty()) {
        throw MeshException.invalid("", "No workload configuration provided");
      }
      WorkloadSettings settings = WorkloadSettings.read(body, workloads.needsTarget());
      if (settings.startAt().orElse(0) > System.currentTimeMillis() / 1e3 + MOST_AHEAD_SECONDS) {
        throw MeshException.invalid("start_at", "must be at most 10 min ahead").with(CODE, "E006");
      }
      return workloads.start(settings);
    } catch (InvalidSettingsException e) {
      Violations violations = new Violations();
      e.issues()
          .forEach(
              issue -> violations.add(FieldViolation.invalid(issue.dottedPath(), issue.message())));
      throw MeshException.invalid(violations.found()).with(CODE, "E006");
    }
  }

  private static GetStatusResponse status(Optional<Workloads.Run> run) {
    return Answers.status(run, state(run));
  }

  private static GetMetricsResponse metrics(Optional<Workloads.Run> run) {
    return Answers.metrics(run, state(run));
  }

  private static WorkloadState state(Optional<Workloads.Run> run) {
    return run.map(current -> current.workload().state()).orElse(WorkloadState.IDLE);
  }
}
