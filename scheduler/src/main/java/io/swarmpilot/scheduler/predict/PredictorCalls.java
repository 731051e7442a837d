package io.swarmpilot.scheduler.predict;

import io.grpc.Channel;
import io.grpc.stub.StreamObserver;
import io.swarmpilot.proto.predictor.v1.Distribution;
import io.swarmpilot.proto.predictor.v1.ExecutionTarget;
import io.swarmpilot.proto.predictor.v1.PredictDistributionsRequest;
import io.swarmpilot.proto.predictor.v1.PredictDistributionsResponse;
import io.swarmpilot.proto.predictor.v1.PredictionQuery;
import io.swarmpilot.proto.predictor.v1.PredictorServiceGrpc;
import io.swarmpilot.proto.predictor.v1.PredictorServiceGrpc.PredictorServiceStub;
import io.swarmpilot.runtime.time.MeshClock;
import io.swarmpilot.scheduler.core.Estimate;
import io.swarmpilot.scheduler.core.PredictMode;
import io.swarmpilot.scheduler.core.Target;
import io.swarmpilot.scheduler.forecast.ExecutionTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Calls of the predictor, a bounded number at a time, through a circuit breaker.
final class PredictorCalls {
  private static final int MOST_AT_A_TIME = 1_024;
  private static final int DEADLINE_IN_BUDGETS = 10;

  private final PredictorServiceStub stub;
  private final long deadlineNanos;
  private final CircuitBreaker breaker;
  private final AtomicInteger running = new AtomicInteger();

  /// @param budget how long a caller waits; an answer that comes later still fills the cache
  PredictorCalls(Channel channel, Duration budget, MeshClock clock) {
    this.stub = PredictorServiceGrpc.newStub(channel);
    this.deadlineNanos = budget.multipliedBy(DEADLINE_IN_BUDGETS).toNanos();
    this.breaker = new CircuitBreaker(clock);
  }

  /// One estimate a target, empty where the answer was bad. The future fails when there is none.
  CompletableFuture<List<Optional<Estimate>>> ask(PredictionKey key, Map<String, Double> features) {
    if (running.get() >= MOST_AT_A_TIME || !breaker.permits()) {
      return CompletableFuture.failedFuture(new IllegalStateException("predictor is not asked"));
    }
    running.incrementAndGet();
    CompletableFuture<List<Optional<Estimate>>> answer = new CompletableFuture<>();
    stub.withDeadlineAfter(deadlineNanos, TimeUnit.NANOSECONDS)
        .predictDistributions(request(key, features), new Receiver(answer, key.targets().size()));
    return answer;
  }

  private static PredictDistributionsRequest request(
      PredictionKey key, Map<String, Double> features) {
    PredictionQuery.Builder query =
        PredictionQuery.newBuilder()
            .setModelType(key.model())
            .setModelName(key.modelName())
            .putAllFeatures(features);
    key.targets().forEach(target -> query.addTargets(Wire.target(target)));
    return PredictDistributionsRequest.newBuilder()
        .addQueries(query)
        .setLookupTable(key.mode() == PredictMode.LOOKUP_TABLE)
        .build();
  }

  private static Optional<Estimate> estimate(Distribution distribution) {
    try {
      ExecutionTime time =
          ExecutionTime.of(
              distribution.getMeanMs(),
              distribution.getStdMs(),
              distribution.getQuantilesList().stream().mapToDouble(q -> q).toArray(),
              distribution.getValuesMsList().stream().mapToDouble(v -> v).toArray());
      return Optional.of(new Estimate(time, Wire.method(distribution.getMethod())));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /// Turns the answer of one call into estimates.
  private final class Receiver implements StreamObserver<PredictDistributionsResponse> {
    private final CompletableFuture<List<Optional<Estimate>>> answer;
    private final int targets;

    Receiver(CompletableFuture<List<Optional<Estimate>>> answer, int targets) {
      this.answer = answer;
      this.targets = targets;
    }

    @Override
    public void onNext(PredictDistributionsResponse response) {
      List<Optional<Estimate>> estimates = new ArrayList<>(targets);
      if (response.getAnswersCount() == 1
          && response.getAnswers(0).getDistributionsCount() == targets) {
        response
            .getAnswers(0)
            .getDistributionsList()
            .forEach(distribution -> estimates.add(estimate(distribution)));
      }
      end(estimates.stream().anyMatch(Optional::isPresent));
      answer.complete(estimates);
    }

    @Override
    public void onError(Throwable failure) {
      end(false);
      answer.completeExceptionally(failure);
    }

    @Override
    public void onCompleted() {
      if (!answer.isDone()) {
        onError(new IllegalStateException("the predictor gave no answer"));
      }
    }

    private void end(boolean good) {
      if (answer.isDone()) {
        return;
      }
      running.decrementAndGet();
      if (good) {
        breaker.succeeded();
      } else {
        breaker.failed();
      }
    }
  }

  /// Between the predictor's words and ours.
  static final class Wire {
    private Wire() {}

    static ExecutionTarget target(Target target) {
      return ExecutionTarget.newBuilder()
          .setHardware(target.hardware())
          .setSoftwareName(target.softwareName())
          .setSoftwareVersion(target.softwareVersion())
          .build();
    }

    /// A "fallback" of the predictor's is live feedback of a wider group.
    private static String method(String method) {
      return method.equals("fallback") || method.isEmpty() ? "live" : method;
    }
  }
}
