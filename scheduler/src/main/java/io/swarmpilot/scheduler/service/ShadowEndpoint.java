package io.swarmpilot.scheduler.service;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.swarmpilot.proto.scheduler.v1.ListShadowsRequest;
import io.swarmpilot.proto.scheduler.v1.ListShadowsResponse;
import io.swarmpilot.proto.scheduler.v1.RecordTraceRequest;
import io.swarmpilot.proto.scheduler.v1.RecordTraceResponse;
import io.swarmpilot.proto.scheduler.v1.ShadowServiceGrpc.ShadowServiceImplBase;
import io.swarmpilot.proto.scheduler.v1.StartShadowRequest;
import io.swarmpilot.proto.scheduler.v1.StartShadowResponse;
import io.swarmpilot.proto.scheduler.v1.StopShadowRequest;
import io.swarmpilot.proto.scheduler.v1.StopShadowResponse;
import io.swarmpilot.runtime.error.ErrorReason;
import io.swarmpilot.runtime.error.FieldViolation;
import io.swarmpilot.runtime.error.MeshException;
import io.swarmpilot.runtime.error.Violations;
import io.swarmpilot.runtime.grpc.Unary;
import io.swarmpilot.runtime.time.MeshClock;
import io.swarmpilot.scheduler.observe.Observatory;
import io.swarmpilot.scheduler.policy.PolicyRegistry;
import io.swarmpilot.scheduler.shadow.ShadowTerms;
import io.swarmpilot.scheduler.view.SchedulerView;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.regex.Pattern;

/// The gRPC service for what live traffic tells. No method blocks.
public final class ShadowEndpoint extends ShadowServiceImplBase {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
  private static final int USUAL_WINDOW = 10_000;
  private static final int MOST_WINDOW = 100_000;
  private static final int MOST_ROWS = 10_000_000;
  private static final double USUAL_LAG_S = 60;
  private static final double MOST_LAG_S = 3_600;
  private static final double NANOS_A_SECOND = 1e9;

  private final Observatory observatory;
  private final PolicyRegistry policies;
  private final SchedulerView view;
  private final MeshClock clock;

  /// @param observatory follows the scheduler
  /// @param policies strategies that can be tried out
  /// @param view what readers see
  /// @param clock the time
  public ShadowEndpoint(
      Observatory observatory, PolicyRegistry policies, SchedulerView view, MeshClock clock) {
    this.observatory = observatory;
    this.policies = policies;
    this.view = view;
    this.clock = clock;
  }

  @Override
  public void startShadow(
      StartShadowRequest request, StreamObserver<StartShadowResponse> observer) {
    Unary.answerWhenDone(
        observer,
        observatory
            .startShadow(terms(request))
            .thenApply(report ->
                StartShadowResponse.newBuilder().setShadow(ShadowReports.encode(report)).build()));
  }

  @Override
  public void listShadows(
      ListShadowsRequest request, StreamObserver<ListShadowsResponse> observer) {
    Unary.answerWhenDone(
        observer,
        observatory
            .reports()
            .thenApply(reports ->
                ListShadowsResponse.newBuilder()
                    .setStatus("success")
                    .setLiveStrategy(view.settings().strategy())
                    .addAllShadows(
                        reports.stream()
                            .filter(report -> isNamed(request.getName(), report.terms()))
                            .map(ShadowReports::encode)
                            .toList())
                    .setLostEvents(observatory.lost())
                    .build()));
  }

  @Override
  public void stopShadow(StopShadowRequest request, StreamObserver<StopShadowResponse> observer) {
    String name = request.getName();
    new Violations().requireText("name", name, 64).throwIfAny();
    Unary.answerWhenDone(
        observer,
        observatory
            .stopShadow(name)
            .thenApply(report ->
                StopShadowResponse.newBuilder()
                    .setShadow(ShadowReports.encode(report.orElseThrow(() -> notFound(name))))
                    .build()));
  }

  @Override
  public void recordTrace(
      RecordTraceRequest request, StreamObserver<RecordTraceResponse> observer) {
    new Violations()
        .require(
            !request.hasMaxRows()
                || (request.getMaxRows() >= 1 && request.getMaxRows() <= MOST_ROWS),
            "max_rows",
            "must be 1 to " + MOST_ROWS)
        .throwIfAny();
    new TraceStream(
            observatory,
            (ServerCallStreamObserver<RecordTraceResponse>) observer,
            request.getModelName(),
            request.hasMaxRows() ? request.getMaxRows() : Long.MAX_VALUE)
        .open();
  }

  private ShadowTerms terms(StartShadowRequest request) {
    Violations violations = new Violations().requireText("strategy", request.getStrategy(), 256);
    Optional<String> strategy = policies.find(request.getStrategy());
    if (violations.found().isEmpty() && strategy.isEmpty()) {
      violations.add(
          FieldViolation.invalid(
              "strategy", "must be one of " + String.join(", ", policies.names())));
    }
    String name = request.getName().isEmpty() ? strategy.orElse("") : request.getName();
    violations.require(
        request.getName().isEmpty() || NAME.matcher(name).matches(),
        "name",
        "must be 1 to 64 letters, digits, '-', '_' or '.'");
    int window = request.hasWindowTasks() ? request.getWindowTasks() : USUAL_WINDOW;
    violations.require(
        window >= 1 && window <= MOST_WINDOW, "window_tasks", "must be 1 to " + MOST_WINDOW);
    double lag = request.hasLongestLagSeconds() ? request.getLongestLagSeconds() : USUAL_LAG_S;
    violations.require(lag >= 0 && lag <= MOST_LAG_S, "longest_lag_seconds", "must be 0 to 3600");
    violations.throwIfAny();
    return new ShadowTerms(
        name, strategy.orElseThrow(), window, (long) (lag * NANOS_A_SECOND), clock.unixSeconds());
  }

  private static boolean isNamed(String wanted, ShadowTerms terms) {
    return wanted.isEmpty() || wanted.equals(terms.name());
  }

  private static CompletionException notFound(String name) {
    return new CompletionException(
        MeshException.of(ErrorReason.SHADOW_NOT_FOUND, "No shadow is named " + name));
  }
}
