package io.swarmpilot.predictor.adapt;

import io.swarmpilot.predictor.history.ExecutionHistory;
import io.swarmpilot.predictor.live.Execution;
import io.swarmpilot.predictor.live.LiveExecutions;
import io.swarmpilot.predictor.predict.ModelPredictions;
import io.swarmpilot.predictor.predict.PredictionEngine;
import io.swarmpilot.predictor.store.ModelRepository;
import io.swarmpilot.runtime.time.MeshClock;
import java.nio.file.Path;

/// All that learns from executions, on the calling thread and with a clock of its own: training is
/// done when a report returns.
public final class AdaptationScene implements MeshClock {
  private final ModelEvents events = new ModelEvents(this::unixSeconds);
  private final ModelRepository models;
  private final Adaptation adaptation;
  private final PredictionEngine engine;
  private double now = 1_000_000;

  /// A scene whose executions are kept in a directory.
  public AdaptationScene(Path directory) {
    this(directory, new LiveExecutions(100), new ModelRepository(() -> 1_000_000));
  }

  /// A scene with models that are there already.
  public AdaptationScene(Path directory, LiveExecutions live, ModelRepository models) {
    this(directory, live, models, true);
  }

  /// The same, perhaps without training.
  AdaptationScene(
      Path directory, LiveExecutions live, ModelRepository models, boolean liveTraining) {
    this.models = models;
    ExecutionHistory history = new ExecutionHistory(directory, 256 << 20, 100, Runnable::run);
    LiveTraining training =
        new LiveTraining(history, models, events, Runnable::run, () -> nanos() / 1e9, liveTraining);
    this.adaptation = new Adaptation(live, models, history, training, events, this, 100);
    adaptation.start();
    this.engine = new PredictionEngine(new ModelPredictions(adaptation), live);
  }

  /// Reports an execution, a second after the last one.
  public void report(Execution execution, String instance) {
    now++;
    adaptation.learn(execution, instance, now);
  }

  ModelRepository models() {
    return models;
  }

  Adaptation adaptation() {
    return adaptation;
  }

  /// Answers predictions.
  public PredictionEngine engine() {
    return engine;
  }

  ModelEvents events() {
    return events;
  }

  @Override
  public long nanos() {
    return (long) (now * 1e9);
  }

  @Override
  public double unixSeconds() {
    return now;
  }
}
