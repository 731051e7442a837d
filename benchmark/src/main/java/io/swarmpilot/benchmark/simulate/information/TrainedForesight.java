package io.swarmpilot.benchmark.simulate.information;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import io.swarmpilot.benchmark.simulate.fleet.Fleet;
import io.swarmpilot.benchmark.simulate.latency.HardwareLatency;
import io.swarmpilot.benchmark.simulate.trace.Trace;
import io.swarmpilot.benchmark.simulate.workload.Workload;
import io.swarmpilot.predictor.feature.Features;
import io.swarmpilot.predictor.learn.Lag;
import io.swarmpilot.predictor.learn.Learner;
import io.swarmpilot.predictor.learn.Sample;
import io.swarmpilot.predictor.learn.TrainedModel;
import io.swarmpilot.predictor.learn.TrainingProgress;
import io.swarmpilot.predictor.learn.TrainingSettings;
import io.swarmpilot.predictor.model.Grids;
import io.swarmpilot.predictor.model.QuantileDistribution;
import io.swarmpilot.scheduler.core.Estimate;
import io.swarmpilot.scheduler.core.Estimates;
import io.swarmpilot.scheduler.core.Target;
import io.swarmpilot.scheduler.forecast.ExecutionTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The predictor's own models, one for each kind of hardware, as they are when all that they know
/// of a task is the length of its input and which application sent it.
final class TrainedForesight implements Foresight {
  private static final int MOST_REMEMBERED = 100_000;

  /// Most samples to train from, the latest.
  private static final int MOST_SAMPLES = 50_000;

  private final ImmutableMap<Target, TrainedModel> models;
  private final Map<Features, Estimates> remembered = new HashMap<>();

  private TrainedForesight(ImmutableMap<Target, TrainedModel> models) {
    this.models = models;
  }

  /// Trained on the latest requests before one.
  static TrainedForesight of(Fleet fleet, Trace trace, int before, double[] factors) {
    ImmutableMap.Builder<Target, TrainedModel> models = ImmutableMap.builder();
    for (HardwareLatency kind : fleet.kinds()) {
      List<Sample> samples = new ArrayList<>();
      for (int i = Math.max(0, before - MOST_SAMPLES); i < before; i++) {
        double ms = factors[i] * kind.aloneMs(trace.inputTokens(i), trace.outputTokens(i));
        samples.add(new Sample(features(trace.inputTokens(i), trace.source(i)), ms, ""));
      }
      models.put(
          Foresight.target(kind),
          Learner.train(samples, TrainingSettings.DEFAULTS, TrainingProgress.NONE));
    }
    return new TrainedForesight(models.buildKeepingLast());
  }

  @Override
  public Estimates of(Workload tasks, int task) {
    if (remembered.size() > MOST_REMEMBERED) {
      remembered.clear();
    }
    return remembered.computeIfAbsent(
        features(tasks.inputTokens(task), tasks.source(task)), this::predict);
  }

  private Estimates predict(Features features) {
    ImmutableMap.Builder<Target, Estimate> byTarget = ImmutableMap.builder();
    models.forEach((target, model) -> byTarget.put(target, estimate(model, features)));
    ImmutableMap<Target, Estimate> estimates = byTarget.buildOrThrow();
    return new Estimates(estimates, estimates.values().iterator().next());
  }

  private static Estimate estimate(TrainedModel model, Features features) {
    double[] times = model.logQuantiles(features, Lag.NONE);
    for (int i = 0; i < times.length; i++) {
      times[i] = Math.exp(times[i]);
    }
    QuantileDistribution distribution = QuantileDistribution.of(Grids.fine(), times);
    return new Estimate(
        ExecutionTime.of(
            distribution.mean(), distribution.standardDeviation(), Grids.fine(), times),
        "model");
  }

  private static Features features(int inputTokens, int source) {
    return new Features(
        ImmutableSortedMap.of("app", (double) source, "input_tokens", (double) inputTokens));
  }
}
