package io.swarmpilot.scheduler.predict;

import io.grpc.Channel;
import io.grpc.stub.StreamObserver;
import io.swarmpilot.proto.predictor.v1.Distribution;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
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

  /// The good answers to a question; none when the predictor does not answer, or is not asked
  /// because it has not answered for a while. Never fails.
  CompletableFuture<PredictionAnswers> ask(PredictionKey key, Map<String, Double> features) {
    CompletableFuture<PredictionAnswers> answers = new CompletableFuture<>();
    if (running.get() >= MOST_AT_A_TIME || !breaker.permits()) {
      answers.complete(PredictionAnswers.NONE);
      return answers;
    }
    running.incrementAndGet();
    stub.withDeadlineAfter(deadlineNanos, TimeUnit.NANOSECONDS)
        .predictDistributions(request(key, features), new Receiver(answers, key.targets()));
    return answers;
  }

  private static PredictDistributionsRequest request(
      PredictionKey key, Map<String, Double> features) {
    PredictionQuery.Builder query =
        PredictionQuery.newBuilder()
            .setModelType(key.model())
            .setModelName(key.modelName())
            .putAllFeatures(features);
    key.targets().forEach(target -> query.addTargets(PredictorTargets.encode(target)));
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
      return Optional.of(new Estimate(time, method(distribution.getMethod())));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /// A "fallback" of the predictor's is live feedback of a wider group.
  private static String method(String method) {
    return method.equals("fallback") || method.isEmpty() ? "live" : method;
  }

  /// Takes the answer of one call.
  private final class Receiver implements StreamObserver<PredictDistributionsResponse> {
    private final CompletableFuture<PredictionAnswers> answers;
    private final List<Target> targets;
    private final AtomicBoolean ended = new AtomicBoolean();

    Receiver(CompletableFuture<PredictionAnswers> answers, List<Target> targets) {
      this.answers = answers;
      this.targets = targets;
    }

    @Override
    public void onNext(PredictDistributionsResponse response) {
      boolean fits =
          response.getAnswersCount() == 1
              && response.getAnswers(0).getDistributionsCount() == targets.size();
      end(
          fits
              ? PredictionAnswers.of(
                  targets,
                  response.getAnswers(0).getDistributionsList().stream()
                      .map(PredictorCalls::estimate)
                      .toList())
              : PredictionAnswers.NONE);
    }

    @Override
    public void onError(Throwable failure) {
      end(PredictionAnswers.NONE);
    }

    @Override
    public void onCompleted() {
      end(PredictionAnswers.NONE);
    }

    /// The first end counts: after an answer the call merely completes.
    private void end(PredictionAnswers found) {
      if (!ended.compareAndSet(false, true)) {
        return;
      }
      running.decrementAndGet();
      if (found.isEmpty()) {
        breaker.failed();
      } else {
        breaker.succeeded();
      }
      answers.complete(found);
    }
  }
}
