package io.swarmpilot.scheduler.predict;

import io.grpc.Channel;
import io.grpc.stub.StreamObserver;
import io.swarmpilot.proto.predictor.v1.PredictDistributionsRequest;
import io.swarmpilot.proto.predictor.v1.PredictDistributionsResponse;
import io.swarmpilot.proto.predictor.v1.PredictionQuery;
import io.swarmpilot.proto.predictor.v1.PredictorServiceGrpc;
import io.swarmpilot.proto.predictor.v1.PredictorServiceGrpc.PredictorServiceStub;
import io.swarmpilot.runtime.time.MeshClock;
import io.swarmpilot.scheduler.core.Estimate;
import io.swarmpilot.scheduler.core.PredictMode;
import io.swarmpilot.scheduler.core.Target;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Calls of the predictor, a bounded number at a time, through a circuit breaker.
final class PredictorCalls {
  private static final Logger log = LoggerFactory.getLogger(PredictorCalls.class);
  private static final int MOST_AT_A_TIME = 1_024;
  private static final int DEADLINE_IN_BUDGETS = 10;

  private final PredictorServiceStub stub;
  private final long deadlineNanos;
  private final CircuitBreaker breaker;
  private final PredictorFaults faults;
  private final AtomicInteger running = new AtomicInteger();

  /// @param budget how long a caller waits; an answer that comes later still fills the cache
  /// @param faults counts what goes wrong
  PredictorCalls(Channel channel, Duration budget, MeshClock clock, PredictorFaults faults) {
    this.stub = PredictorServiceGrpc.newStub(channel);
    this.deadlineNanos = budget.multipliedBy(DEADLINE_IN_BUDGETS).toNanos();
    this.breaker = new CircuitBreaker(clock);
    this.faults = faults;
  }

  /// The good answers to a question; none when the predictor does not answer, or is not asked
  /// because it has not answered for a while. Never fails.
  CompletableFuture<PredictionAnswers> ask(PredictionKey key, Map<String, Double> features) {
    CompletableFuture<PredictionAnswers> answers = new CompletableFuture<>();
    if (running.get() >= MOST_AT_A_TIME || !breaker.permits()) {
      faults.countSkipped();
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
      List<Optional<Estimate>> read = read(response);
      boolean malformed = read.size() != targets.size() || read.contains(Optional.empty());
      if (malformed && !ended.get()) {
        faults.countMalformed();
      }
      end(
          read.size() == targets.size()
              ? PredictionAnswers.of(targets, read)
              : PredictionAnswers.NONE);
    }

    @Override
    public void onError(Throwable failure) {
      endWithoutAnswer();
    }

    @Override
    public void onCompleted() {
      endWithoutAnswer();
    }

    private List<Optional<Estimate>> read(PredictDistributionsResponse response) {
      return response.getAnswersCount() == 1
          ? response.getAnswers(0).getDistributionsList().stream().map(Distributions::read).toList()
          : List.of();
    }

    private void endWithoutAnswer() {
      if (!ended.get()) {
        faults.countFailed();
        end(PredictionAnswers.NONE);
      }
    }

    /// The first end counts: after an answer the call merely completes.
    private void end(PredictionAnswers found) {
      if (!ended.compareAndSet(false, true)) {
        return;
      }
      running.decrementAndGet();
      if (found.isEmpty() && breaker.failed()) {
        log.warn("the predictor does not answer well; tasks are placed without it");
      } else if (!found.isEmpty() && breaker.succeeded()) {
        log.info("the predictor answers again");
      }
      answers.complete(found);
    }
  }
}
