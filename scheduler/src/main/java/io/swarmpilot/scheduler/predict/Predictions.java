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
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
  private final PredictorCalls calls;
  private final AsyncCache<PredictionKey, List<Optional<Estimate>>> cache;
  private final long budgetNanos;

  /// Predictions by the predictor at the end of a channel.
  ///
  /// @param budget longest wait for an answer
  public Predictions(Channel predictor, Duration budget, MeshClock clock) {
    this.calls = new PredictorCalls(predictor, budget, clock);
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
      then.accept(estimates(model, features, instances, List.of(), List.of()));
      return;
    }
    PredictionKey key = PredictionKey.of(model, mode, features, instances);
    CompletableFuture<List<Optional<Estimate>>> answer =
        cache.get(key, (missing, executor) -> calls.ask(missing, features.numbers()));
    if (answer.isDone()) {
      List<Optional<Estimate>> found =
          answer.isCompletedExceptionally() ? List.of() : answer.join();
      then.accept(estimates(model, features, instances, key.targets(), found));
      return;
    }
    answer
        .copy()
        .completeOnTimeout(List.of(), budgetNanos, TimeUnit.NANOSECONDS)
        .handle((found, failure) -> failure == null ? found : List.<Optional<Estimate>>of())
        .thenAccept(
            found -> then.accept(estimates(model, features, instances, key.targets(), found)));
  }

  /// Learns from an execution that succeeded.
  public void record(TaskSnapshot task, Target target) {
    statistics.record(task.model(), target, task.executionMs());
  }

  /// The caller knows the time; its spread is the one the documented contract gives it.
  private static Estimates known(double ms) {
    return Estimates.everywhere(
        new Estimate(ExecutionTime.of(ms, Math.sqrt(0.05 * ms)), "metadata"));
  }

  private Estimates estimates(
      String model,
      Features features,
      List<Target> instances,
      List<Target> asked,
      List<Optional<Estimate>> answers) {
    ImmutableMap.Builder<Target, Estimate> byTarget = ImmutableMap.builder();
    Set<Target> seen = new HashSet<>();
    for (Target instance : instances) {
      if (seen.add(instance)) {
        int index = asked.indexOf(features.predictedTarget(instance));
        Optional<Estimate> answer =
            index >= 0 && index < answers.size() ? answers.get(index) : Optional.empty();
        byTarget.put(instance, orElse(answer, model, instance));
      }
    }
    return new Estimates(byTarget.buildOrThrow(), orElse(Optional.empty(), model, Target.UNKNOWN));
  }

  /// A prior of the predictor's says less than what was seen here.
  private Estimate orElse(Optional<Estimate> answer, String model, Target instance) {
    if (answer.isPresent() && !answer.get().method().equals("prior")) {
      return answer.get();
    }
    return statistics.estimate(model, instance).or(() -> answer).orElse(Prior.ESTIMATE);
  }
}
