package io.swarmpilot.predictor.performance;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import io.swarmpilot.predictor.adapt.AdaptationScene;
import io.swarmpilot.predictor.feature.Features;
import io.swarmpilot.predictor.feature.Query;
import io.swarmpilot.predictor.learn.Learner;
import io.swarmpilot.predictor.learn.Sample;
import io.swarmpilot.predictor.learn.TrainingProgress;
import io.swarmpilot.predictor.learn.TrainingSettings;
import io.swarmpilot.predictor.live.Execution;
import io.swarmpilot.predictor.live.LiveExecutions;
import io.swarmpilot.predictor.model.Method;
import io.swarmpilot.predictor.model.ModelIdentity;
import io.swarmpilot.predictor.model.Prediction;
import io.swarmpilot.predictor.predict.PredictionEngine;
import io.swarmpilot.predictor.store.ModelRepository;
import io.swarmpilot.predictor.store.Origin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// A prediction as callers in the process get it: the model, calibration by the executions reported
/// since, mean and standard deviation. One thread.
@State(Scope.Benchmark)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 2)
public class PredictionBenchmark {
  private static final int ROWS = 20_000;
  private static final int REPORTED = 500;
  private static final ModelIdentity IDENTITY = ModelIdentity.ofType("measured");

  private Path directory;
  private PredictionEngine engine;
  private Query known;
  private int asked;

  /// Trains a model and reports executions of it.
  @Setup
  public void start() throws IOException {
    directory = Files.createTempDirectory("measured-engine");
    List<Sample> samples = new MeasuredRequests().samples(ROWS);
    ModelRepository models = new ModelRepository(() -> 0);
    models.publish(
        IDENTITY,
        Learner.train(samples, TrainingSettings.DEFAULTS, TrainingProgress.NONE),
        Origin.REQUEST);
    AdaptationScene scene = new AdaptationScene(directory, new LiveExecutions(100), models);
    for (Sample sample : samples.subList(0, REPORTED)) {
      scene.report(
          new Execution("", 1, new Query(IDENTITY, sample.features()), sample.milliseconds()),
          sample.instance());
    }
    engine = scene.engine();
    known = new Query(IDENTITY, samples.getFirst().features());
    if (knownRow().method() != Method.MODEL) {
      throw new IllegalStateException("not predicted by the model but by " + knownRow().method());
    }
  }

  /// Forgets it.
  @TearDown
  public void stop() throws IOException {
    MoreFiles.deleteRecursively(directory, RecursiveDeleteOption.ALLOW_INSECURE);
  }

  /// A task that was predicted before.
  @Benchmark
  @BenchmarkMode(Mode.AverageTime)
  public Prediction knownRow() {
    return predict(known);
  }

  /// A task that was never predicted before; making its features is included.
  @Benchmark
  @BenchmarkMode(Mode.SampleTime)
  public Prediction newRow() {
    Map<String, Double> numbers = new HashMap<>(known.features().values());
    numbers.put("input_tokens", 100 + ++asked * 1e-3);
    return predict(new Query(IDENTITY, Features.of(numbers)));
  }

  private Prediction predict(Query query) {
    return engine.predict(query, Optional.empty(), ThreadLocalRandom.current()).orElseThrow();
  }
}
