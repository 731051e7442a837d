package io.swarmpilot.predictor.adapt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableSortedMap;
import io.swarmpilot.predictor.calibrate.KeyState;
import io.swarmpilot.predictor.feature.Features;
import io.swarmpilot.predictor.feature.Query;
import io.swarmpilot.predictor.learn.Learner;
import io.swarmpilot.predictor.learn.Sample;
import io.swarmpilot.predictor.learn.TrainedModel;
import io.swarmpilot.predictor.learn.TrainingProgress;
import io.swarmpilot.predictor.learn.TrainingSettings;
import io.swarmpilot.predictor.live.Execution;
import io.swarmpilot.predictor.live.LiveExecutions;
import io.swarmpilot.predictor.model.Interval;
import io.swarmpilot.predictor.model.Method;
import io.swarmpilot.predictor.model.ModelIdentity;
import io.swarmpilot.predictor.model.Prediction;
import io.swarmpilot.predictor.model.QuantileDistribution;
import io.swarmpilot.predictor.store.Origin;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class AdaptationTest {
  private static final ModelIdentity A100 = new ModelIdentity("embed", "", "A100", "onnx", "1");
  private static final ModelIdentity H100 = new ModelIdentity("embed", "", "H100", "onnx", "1");
  private static final Features LARGE =
      new Features(ImmutableSortedMap.of("input_tokens", 1_500.0, "output_tokens", 400.0));

  @TempDir Path directory;
  private SyntheticLoad load = new SyntheticLoad(A100, 1);
  private AdaptationScene scene;

  @BeforeEach
  void start() {
    scene = new AdaptationScene(directory);
  }

  @Test
  void aThousandExecutionsMakeAModelThatKnowsTheLaw() {
    report(1_000, "one");

    Prediction prediction = ask(A100, LARGE, "").orElseThrow();
    assertThat(prediction.method()).isEqualTo(Method.MODEL);
    assertThat(prediction.confidence()).isGreaterThan(0.9);
    assertThat(prediction.distribution().quantile(0.5) / SyntheticLoad.median(LARGE))
        .isCloseTo(1, within(0.1));
    assertThat(prediction.distribution().quantile(0.9) / prediction.distribution().quantile(0.1))
        .as("e^(2 · 1.28 · 0.15)")
        .isBetween(1.3, 1.7);
    KeySnapshot key = key();
    assertThat(key.state()).isEqualTo(KeyState.STEADY);
    assertThat(key.version()).as("after 40, 80, 160, 320, 640, when it paid").isBetween(1, 5);
    assertThat(key.figures().executionsTotal()).isEqualTo(999);
    assertThat(key.slowdown()).isCloseTo(1, within(0.2));
    assertThat(kinds()).containsOnly(ModelEvents.Kind.TRAINED);
  }

  @Test
  void statedIntervalsHoldAlsoFiveHundredExecutionsAfterTheLoadDoubles() {
    Coverage steady = new Coverage();
    Coverage recovered = new Coverage();
    for (int seed = 1; seed <= 4; seed++) {
      scene = new AdaptationScene(directory.resolve("run-" + seed));
      load = new SyntheticLoad(A100, seed);
      report(1_500, "one");
      judge(1_000, steady);
      load.load = 2;
      report(500, "one");
      judge(1_000, recovered);
    }

    steady.holds("steady");
    recovered.holds("after the drift");
  }

  @Test
  void aSlowInstanceIsToldFromATypicalOne() {
    for (int i = 0; i < 1_000; i++) {
      String instance = i % 2 == 0 ? "slow" : "quick";
      scene.report(load.execution(instance), instance);
    }
    double slow = ask(A100, LARGE, "slow").orElseThrow().distribution().quantile(0.5);
    double quick = ask(A100, LARGE, "quick").orElseThrow().distribution().quantile(0.5);
    double typical = ask(A100, LARGE, "").orElseThrow().distribution().quantile(0.5);

    assertThat(slow / quick).isCloseTo(1.5, within(0.2));
    assertThat(typical).isBetween(quick, slow);
  }

  @Test
  void aDriftWidensIsToldAndTrainsAnew() throws IOException {
    publish(A100, 1, 500);
    report(300, "one");
    int version = key().version();
    // Not a factor, which recent slowdown would explain, but another law.
    SplittableRandom random = new SplittableRandom(3);
    int widened = 0;
    for (int i = 0; i < 400; i++) {
      Features features = load.task();
      double time = 20_000 * Math.exp(0.1 * random.nextGaussian());
      scene.report(new Execution("other-" + i, 1, new Query(A100, features), time), "one");
      widened += key().state() == KeyState.WIDENED ? 1 : 0;
    }

    assertThat(widened).isPositive();
    assertThat(kinds()).contains(ModelEvents.Kind.DRIFT, ModelEvents.Kind.TRAINED);
    assertThat(key().version()).isGreaterThan(version);
    assertThat(key().sinceDrift()).isPresent();
  }

  @Test
  void aModelThatProvesWorseThanRecentExecutionsIsNotBelieved() throws IOException {
    scene = new AdaptationScene(directory, new LiveExecutions(10), scene.models(), false);
    // Trained from noise: it says that anything from 1 ms to a minute is as likely.
    SplittableRandom random = new SplittableRandom(5);
    List<Sample> noise = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      noise.add(new Sample(load.task(), Math.exp(random.nextDouble(0, 11)), "one"));
    }
    scene.models().publish(A100, learn(noise), Origin.REQUEST);
    assertThat(ask(A100, LARGE, "").orElseThrow().method()).isEqualTo(Method.MODEL);
    for (int i = 0; i < 400; i++) {
      scene.report(new Execution("t" + i, 1, new Query(A100, Features.NONE), 100 + i % 2), "one");
    }

    assertThat(ask(A100, Features.NONE, "").orElseThrow().method()).isEqualTo(Method.LIVE);
    assertThat(key().state()).isEqualTo(KeyState.FALLEN_BACK);
    assertThat(kinds()).contains(ModelEvents.Kind.FALLEN_BACK);
  }

  @Test
  void aModelByRequestIsJudgedByThePastAtOnce() throws IOException {
    scene = new AdaptationScene(directory, new LiveExecutions(10), scene.models(), false);
    report(300, "one");
    SplittableRandom random = new SplittableRandom(7);
    List<Sample> noise = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      noise.add(new Sample(load.task(), Math.exp(random.nextDouble(0, 11)), "one"));
    }
    scene.models().publish(A100, learn(noise), Origin.REQUEST);
    assertThat(ask(A100, LARGE, "").orElseThrow().method()).isEqualTo(Method.LIVE);
    publish(A100, 3, 3_000);

    assertThat(ask(A100, LARGE, "").orElseThrow().method()).isEqualTo(Method.MODEL);
  }

  @Test
  void aModelByRequestStaysWhenALiveOneIsNoBetter() throws IOException {
    publish(A100, 1, 5_000);
    report(100, "one");

    assertThat(scene.models().best(A100).orElseThrow().origin()).isEqualTo(Origin.REQUEST);
  }

  @Test
  void aModelByRequestGoesWhenALiveOneIsBetter() throws IOException {
    SplittableRandom random = new SplittableRandom(6);
    List<Sample> noise = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      noise.add(new Sample(load.task(), Math.exp(random.nextDouble(0, 11)), "one"));
    }
    scene.models().publish(A100, learn(noise), Origin.REQUEST);
    report(400, "one");

    assertThat(scene.models().best(A100).orElseThrow().origin()).isEqualTo(Origin.LIVE);
  }

  @Test
  void anotherIdentityIsPredictedByTheModelThatContradictsNothing() throws IOException {
    publish(ModelIdentity.ofType("embed"), 1, 500);

    Prediction prediction = ask(H100, LARGE, "").orElseThrow();
    assertThat(prediction.method()).isEqualTo(Method.MODEL);
    assertThat(prediction.confidence()).as("one of four is stated alike").isLessThan(0.26);
  }

  @Test
  void aRestartKeepsTheWindowAndWhatWasLearned() {
    report(1_000, "one");
    AdaptationScene restarted =
        new AdaptationScene(directory, new LiveExecutions(10), scene.models());
    scene = restarted;

    assertThat(ask(A100, LARGE, "").orElseThrow().method()).isEqualTo(Method.MODEL);
    assertThat(restarted.adaptation().snapshots(Optional.empty())).hasSize(1);
    int version = key().version();
    report(1_000, "one");
    assertThat(key().version()).as("when they have doubled").isEqualTo(version + 1);
  }

  @Test
  void withoutItsModelsARestartStillAnswersFromRecentExecutions() {
    report(39, "one");
    scene = new AdaptationScene(directory);

    assertThat(ask(A100, LARGE, "").orElseThrow().method()).isEqualTo(Method.LIVE);
  }

  @Test
  void timesThatNeverVaryArePredictedExactlyAndWithoutAlarm() {
    for (int i = 0; i < 500; i++) {
      scene.report(new Execution("t" + i, 1, new Query(A100, Features.NONE), 10), "one");
    }
    Prediction prediction = ask(A100, Features.NONE, "one").orElseThrow();

    assertThat(prediction.mean()).isCloseTo(10, within(0.1));
    assertThat(key().state()).isNotEqualTo(KeyState.FALLEN_BACK);
    assertThat(kinds()).doesNotContain(ModelEvents.Kind.DRIFT, ModelEvents.Kind.FAILED);
    assertThat(key().figures().coverage().asList())
        .allSatisfy(share -> assertThat(share).isEqualTo(1));
  }

  @Test
  void anEarlierVersionIsToldFromANewOne() throws IOException {
    publish(A100, 1, 100);
    publish(A100, 2, 100);
    scene.models().restore(A100, 1);

    assertThat(scene.events().newestFirst())
        .extracting(event -> event.kind().label() + " " + event.version())
        .containsExactly("restored 1", "trained 2", "trained 1");
  }

  private void report(int count, String instance) {
    for (int i = 0; i < count; i++) {
      scene.report(load.execution(instance), instance);
    }
  }

  /// Asks for predictions of the next executions, then reports them.
  private void judge(int count, Coverage coverage) {
    for (int i = 0; i < count; i++) {
      Execution execution = load.execution("one");
      Prediction said = ask(A100, execution.query().features(), "").orElseThrow();
      coverage.add(said.distribution(), execution.milliseconds());
      scene.report(execution, "one");
    }
  }

  /// How often central intervals held.
  private static final class Coverage {
    private static final double[] LEVELS = {0.8, 0.9, 0.95};
    private final int[] held = new int[LEVELS.length];
    private int count;

    void add(QuantileDistribution said, double actual) {
      count++;
      for (int i = 0; i < LEVELS.length; i++) {
        Interval interval = said.centralInterval(LEVELS[i]);
        held[i] += actual >= interval.lower() && actual <= interval.upper() ? 1 : 0;
      }
    }

    void holds(String when) {
      for (int i = 0; i < LEVELS.length; i++) {
        assertThat(held[i] / (double) count).as(when).isCloseTo(LEVELS[i], within(0.015));
      }
    }
  }

  private void publish(ModelIdentity identity, int seed, int samples) throws IOException {
    SyntheticLoad other = new SyntheticLoad(identity, 100 + seed);
    List<Sample> made = new ArrayList<>();
    for (int i = 0; i < samples; i++) {
      Execution execution = other.execution("one");
      made.add(new Sample(execution.query().features(), execution.milliseconds(), "one"));
    }
    scene.models().publish(identity, learn(made), Origin.REQUEST);
  }

  private static TrainedModel learn(List<Sample> samples) {
    return Learner.train(samples, TrainingSettings.DEFAULTS, TrainingProgress.NONE);
  }

  private Optional<Prediction> ask(ModelIdentity identity, Features features, String instance) {
    return scene
        .engine()
        .predict(
            new Query(identity, features), instance, Optional.empty(), new SplittableRandom(1));
  }

  private KeySnapshot key() {
    return scene.adaptation().snapshots(Optional.of("embed")).getFirst();
  }

  private List<ModelEvents.Kind> kinds() {
    return scene.events().newestFirst().stream().map(ModelEvents.Event::kind).toList();
  }
}
