package io.swarmpilot.scheduler.predict;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.common.collect.ImmutableMap;
import io.grpc.Channel;
import io.swarmpilot.runtime.time.MeshClock;
import io.swarmpilot.scheduler.core.Estimate;
import io.swarmpilot.scheduler.core.Estimates;
import io.swarmpilot.scheduler.core.PredictMode;
import io.swarmpilot.scheduler.core.Target;
import io.swarmpilot.scheduler.core.TaskSnapshot;
import io.swarmpilot.scheduler.forecast.ExecutionTime;
import io.swarmpilot.scheduler.payload.Features;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// How long tasks are expected to execute. Asks the predictor once for all kinds of instance,
/// within a budget and through a small cache; where it does not answer well, what this scheduler
/// has seen of the model stands in, and else a prior. Never blocks and never fails.
public final class Predictions {
  private static final int CACHED = 16_384;
  private static final Duration CACHED_FOR = Duration.ofSeconds(1);

  private final RunningStatistics statistics = new RunningStatistics();
  private final PredictorFaults faults = new PredictorFaults();
  private final PredictorCalls calls;
  private final AsyncCache<PredictionKey, PredictionAnswers> cache;
  private final long budgetNanos;

  /// Predictions by the predictor at the end of a channel.
  ///
  /// @param budget longest wait for an answer
  public Predictions(Channel predictor, Duration budget, MeshClock clock) {
    this.calls = new PredictorCalls(predictor, budget, clock, faults);
    this.budgetNanos = budget.toNanos();
    this.cache =
        Caffeine.newBuilder()
            .maximumSize(CACHED)
            .expireAfterWrite(CACHED_FOR)
            .executor(Runnable::run)
            .ticker(clock::nanos)
            .buildAsync();
  }

  /// Passes on what is expected of a task on each kind of instance: at once when that is known,
  /// else on the thread that brings the answer or ends the wait.
  ///
  /// @param instances the distinct kinds of instance that could run it
  public void estimate(
      String model,
      PredictMode mode,
      Features features,
      List<Target> instances,
      Consumer<Estimates> then) {
    if (features.knownMs().isPresent()) {
      then.accept(known(features.knownMs().getAsDouble()));
      return;
    }
    if (instances.isEmpty()) {
      then.accept(estimates(model, features, instances, PredictionAnswers.NONE));
      return;
    }
    PredictionKey key = PredictionKey.of(model, mode, features, instances);
    CompletableFuture<PredictionAnswers> answers = answers(key, features);
    if (answers.isDone()) {
      then.accept(estimates(model, features, instances, answers.join()));
      return;
    }
    CompletableFuture<Void> _ =
        answers
            .copy()
            .completeOnTimeout(PredictionAnswers.LATE, budgetNanos, TimeUnit.NANOSECONDS)
            .thenAccept(found -> then.accept(estimates(model, features, instances, found)));
  }

  /// What kept the predictor from being of use.
  public PredictorFaults faults() {
    return faults;
  }

  /// Learns from an execution that succeeded.
  public void record(TaskSnapshot task, Target target) {
    record(task.model(), target, task.executionMs());
  }

  void record(String model, Target target, double executionMs) {
    statistics.record(model, target, executionMs);
  }

  /// The caller knows the time; its spread is the one the documented contract gives it.
  private static Estimates known(double ms) {
    return Estimates.everywhere(
        new Estimate(ExecutionTime.of(ms, Math.sqrt(0.05 * ms)), "metadata"));
  }

  /// The cached answers, or those that a call will bring. No answer is not kept.
  private CompletableFuture<PredictionAnswers> answers(PredictionKey key, Features features) {
    CompletableFuture<PredictionAnswers> known = cache.getIfPresent(key);
    if (known != null) {
      return known;
    }
    CompletableFuture<PredictionAnswers> asked =
        cache.get(key, (missing, executor) -> calls.ask(missing, features.numbers()));
    CompletableFuture<Void> _ =
        asked.thenAccept(found -> {
          if (found.isEmpty()) {
            cache.asMap().remove(key, asked);
          }
        });
    return asked;
  }

  private Estimates estimates(
      String model, Features features, List<Target> instances, PredictionAnswers answers) {
    if (answers.complete().isPresent() && features.target().equals(Target.UNKNOWN)) {
      return answers.complete().get();
    }
    if (answers.late()) {
      faults.countLate();
    }
    Map<Target, Estimate> byTarget = new LinkedHashMap<>();
    for (Target instance : instances) {
      byTarget.put(
          instance, orElse(answers.on(features.predictedTarget(instance)), model, instance));
    }
    Estimate otherwise =
        byTarget.values().stream()
            .findFirst()
            .orElseGet(() -> orElse(Optional.empty(), model, Target.UNKNOWN));
    if (byTarget.values().stream().anyMatch(Estimate::fallback)) {
      faults.countFallback();
    }
    return new Estimates(ImmutableMap.copyOf(byTarget), otherwise);
  }

  /// A prior of the predictor's says less than what was seen here.
  private Estimate orElse(Optional<Estimate> answer, String model, Target instance) {
    if (answer.isPresent() && !answer.get().method().equals(PredictionAnswers.PRIOR)) {
      return answer.get();
    }
    return statistics.estimate(model, instance).or(() -> answer).orElse(Prior.ESTIMATE);
  }
}
