package io.swarmpilot.predictor.performance;

import io.swarmpilot.predictor.learn.Lag;
import io.swarmpilot.predictor.learn.Learner;
import io.swarmpilot.predictor.learn.Sample;
import io.swarmpilot.predictor.learn.Stage;
import io.swarmpilot.predictor.learn.TrainedModel;
import io.swarmpilot.predictor.learn.TrainingProgress;
import io.swarmpilot.predictor.learn.TrainingSettings;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/// A model of 20,000 rows: how long it takes to train, and to ask. One thread.
@State(Scope.Benchmark)
@Fork(1)
public class LearningBenchmark {
  private static final int ROWS = 20_000;
  private static final int BATCH = 1_000;

  private List<Sample> samples;
  private TrainedModel model;
  private int next;

  /// Trains the model that is asked.
  @Setup
  public void train() {
    samples = new MeasuredRequests().samples(ROWS);
    model = training();
    if (model.stage() != Stage.BOOSTED) {
      throw new IllegalStateException("trees did not pay: " + model.stage());
    }
  }

  /// Training, the measuring on held-out rows included.
  @Benchmark
  @BenchmarkMode(Mode.SingleShotTime)
  @OutputTimeUnit(TimeUnit.MILLISECONDS)
  @Warmup(iterations = 1)
  @Measurement(iterations = 5)
  public TrainedModel training() {
    return Learner.train(samples, TrainingSettings.DEFAULTS, TrainingProgress.NONE);
  }

  /// The distribution of one row.
  @Benchmark
  @BenchmarkMode(Mode.SampleTime)
  @OutputTimeUnit(TimeUnit.MICROSECONDS)
  @Warmup(iterations = 3, time = 2)
  @Measurement(iterations = 3, time = 2)
  public double[] row() {
    return model.logQuantiles(sample().features(), Lag.NONE);
  }

  /// The distributions of many rows, one after another.
  @Benchmark
  @BenchmarkMode(Mode.Throughput)
  @OutputTimeUnit(TimeUnit.SECONDS)
  @OperationsPerInvocation(BATCH)
  @Warmup(iterations = 3, time = 2)
  @Measurement(iterations = 3, time = 2)
  public void rows(Blackhole sink) {
    for (int i = 0; i < BATCH; i++) {
      sink.consume(model.logQuantiles(sample().features(), Lag.NONE));
    }
  }

  private Sample sample() {
    next = next + 1 < samples.size() ? next + 1 : 0;
    return samples.get(next);
  }
}
