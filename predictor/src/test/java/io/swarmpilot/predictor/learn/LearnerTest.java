package io.swarmpilot.predictor.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableSortedMap;
import io.swarmpilot.predictor.feature.Features;
import io.swarmpilot.predictor.model.Grids;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LearnerTest {
  private static final double[] GRID = Grids.fine();
  private static final int P05 = 2;
  private static final int P50 = 8;
  private static final int P95 = 14;

  @ParameterizedTest
  @CsvSource({"10,STATISTICS", "47,STATISTICS", "60,LINEAR", "200,LINEAR", "1000,BOOSTED"})
  void theMoreSamplesTheMoreIsMadeOfThem(int count, Stage stage) {
    TrainedModel model = train(Laws.gears(count, new SplittableRandom(count)));

    assertThat(model.stage()).isEqualTo(stage);
    assertThat(model.rows()).isEqualTo(count);
    assertThat(model.heldOut().rows()).isEqualTo(Math.max(1, count / 5));
  }

  @Test
  void treesThatDoNotPayAreLeftOut() {
    SplittableRandom random = new SplittableRandom(5);
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      double bytes = Math.exp(3 + 3 * random.nextDouble());
      samples.add(sample("input_bytes", bytes, bytes * Math.exp(0.3 * random.nextGaussian())));
    }

    assertThat(train(samples).stage()).isEqualTo(Stage.LINEAR);
  }

  @ParameterizedTest
  @CsvSource({"100,0.1", "400,0.05", "3000,0.04"})
  void intervalsCoverWhatTheySay(int count, double tolerance) {
    SplittableRandom random = new SplittableRandom(count);
    TrainedModel model = train(Laws.tokens(count, random));
    int[] below = new int[GRID.length];
    int trials = 4_000;

    for (int i = 0; i < trials; i++) {
      Sample sample = Laws.tokens(random);
      double[] quantiles = model.logQuantiles(sample.features(), Lag.NONE);
      for (int k = 0; k < GRID.length; k++) {
        below[k] += Math.log(sample.milliseconds()) <= quantiles[k] ? 1 : 0;
      }
    }

    for (int k = 0; k < GRID.length; k++) {
      assertThat((double) below[k] / trials)
          .as("share below the %s quantile", GRID[k])
          .isCloseTo(GRID[k], within(tolerance));
    }
  }

  @Test
  void tasksThatScatterMoreHaveWiderIntervals() {
    TrainedModel model = train(Laws.tokens(3_000, new SplittableRandom(3)));

    assertThat(width(model, tokens(400, 300))).isGreaterThan(2 * width(model, tokens(400, 4)));
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 60, 1_000})
  void quantilesNeverCross(int count) {
    SplittableRandom random = new SplittableRandom(count + 1L);
    TrainedModel model = train(Laws.gears(count, random));
    for (int i = 0; i < 1_000; i++) {
      Features features =
          tokens(Math.exp(20 * random.nextDouble() - 5), Math.exp(20 * random.nextDouble() - 5));
      Lag lag = new Lag(4 * random.nextGaussian(), 4 * random.nextGaussian());
      double[] quantiles = model.logQuantiles(features, lag);
      for (int k = 1; k < quantiles.length; k++) {
        assertThat(quantiles[k]).isGreaterThanOrEqualTo(quantiles[k - 1]);
      }
      assertThat(Math.abs(quantiles[0])).isLessThan(60);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 1_000})
  void farOutsideWhatWasSeenItGoesOnForAFactorOfEightAndSaysSo(int count) {
    TrainedModel model = train(Laws.tokens(count, new SplittableRandom(9)));
    Features seen = tokens(400, 50);
    Features far = tokens(400, 1e9);

    assertThat(model.familiarity(seen)).isEqualTo(1);
    assertThat(model.familiarity(far)).isLessThan(0.1);
    assertThat(median(model, far)).isGreaterThan(median(model, tokens(400, 400)));
    assertThat(median(model, far)).isEqualTo(median(model, tokens(400, 1e12)));
    assertThat(width(model, far)).isGreaterThan(width(model, seen));
  }

  @Test
  void recentSlowdownOfTheInstanceIsWorthMuch() {
    List<Sample> samples = Laws.wandering(4_000, 3, new SplittableRandom(4));
    List<Sample> blind =
        samples.stream().map(s -> new Sample(s.features(), s.milliseconds(), "")).toList();

    double told = train(samples).heldOut().meanPinballMs();
    double untold = train(blind).heldOut().meanPinballMs();

    assertThat(told).isLessThan(0.5 * untold);
  }

  @Test
  void aSlowInstanceIsPredictedSlowerThanAFastOne() {
    TrainedModel model = train(Laws.wandering(2_000, 3, new SplittableRandom(6)));
    Features features = new Features(ImmutableSortedMap.of("input_bytes", 1_000.0));

    double fast = model.logQuantiles(features, new Lag(-0.4, -0.4))[P50];
    double slow = model.logQuantiles(features, new Lag(0.4, 0.4))[P50];

    assertThat(slow - fast).isCloseTo(0.8, within(0.2));
  }

  @Test
  void anotherUnitOfTimeOnlyShiftsTheLogarithms() {
    List<Sample> ms = Laws.tokens(600, new SplittableRandom(7));
    List<Sample> us =
        ms.stream().map(s -> new Sample(s.features(), 1_000 * s.milliseconds(), "")).toList();
    Features features = tokens(300, 30);

    double shift =
        train(us).logQuantiles(features, Lag.NONE)[P50]
            - train(ms).logQuantiles(features, Lag.NONE)[P50];

    assertThat(shift).isCloseTo(Math.log(1_000), within(1e-6));
  }

  @Test
  void whatIsMissingOrConstantOrNoSizeDoesNoHarm() {
    SplittableRandom random = new SplittableRandom(8);
    List<Sample> samples = new ArrayList<>();
    for (Sample sample : Laws.tokens(800, random)) {
      ImmutableSortedMap.Builder<String, Double> features = ImmutableSortedMap.naturalOrder();
      sample
          .features()
          .values()
          .forEach((name, value) -> {
            if (random.nextInt(5) > 0) {
              features.put(name, value);
            }
          });
      features.put("batch_size", 1.0).put("request_id", random.nextDouble());
      samples.add(new Sample(new Features(features.buildOrThrow()), sample.milliseconds(), ""));
    }
    TrainedModel model = train(samples);

    assertThat(model.featureNames()).containsExactly("output_tokens", "input_tokens");
    assertThat(model.logQuantiles(Features.NONE, Lag.NONE)).doesNotContain(Double.NaN);
    assertThat(width(model, Features.NONE)).isGreaterThan(width(model, tokens(300, 30)));
  }

  @Test
  void samplesThatAreAllAlikeAreLearned() {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      samples.add(sample("input_bytes", 10, 42));
    }
    double[] quantiles =
        train(samples)
            .logQuantiles(new Features(ImmutableSortedMap.of("input_bytes", 10.0)), Lag.NONE);

    assertThat(Math.exp(quantiles[P05])).isCloseTo(42, within(0.1));
    assertThat(Math.exp(quantiles[P95])).isCloseTo(42, within(0.1));
  }

  @Test
  void tooFewSamplesAreRefused() {
    List<Sample> nine = Laws.tokens(9, new SplittableRandom(1));

    assertThatThrownBy(() -> train(nine)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void progressRisesToItsTotalAndMayStopIt() {
    List<Sample> samples = Laws.tokens(600, new SplittableRandom(1));
    List<Long> done = new ArrayList<>();
    Learner.train(
        samples,
        TrainingSettings.DEFAULTS,
        (phase, steps, total) -> {
          if (phase == TrainingProgress.Phase.LEARNING) {
            done.add(steps);
            assertThat(steps).isLessThanOrEqualTo(total);
          }
        });
    assertThat(done).isSorted().hasSizeGreaterThan(100);

    assertThatThrownBy(() ->
            Learner.train(
                samples,
                TrainingSettings.DEFAULTS,
                (phase, steps, total) -> {
                  throw new CancellationException();
                }))
        .isInstanceOf(CancellationException.class);
  }

  @Test
  void theSameSamplesGiveTheSameModel() {
    List<Sample> samples = Laws.tokens(700, new SplittableRandom(2));

    assertThat(train(samples)).isEqualTo(train(samples));
  }

  private static TrainedModel train(List<Sample> samples) {
    return Learner.train(samples, TrainingSettings.DEFAULTS, TrainingProgress.NONE);
  }

  private static Sample sample(String feature, double value, double ms) {
    return new Sample(new Features(ImmutableSortedMap.of(feature, value)), ms, "");
  }

  private static Features tokens(double input, double output) {
    return new Features(ImmutableSortedMap.of("input_tokens", input, "output_tokens", output));
  }

  private static double median(TrainedModel model, Features features) {
    return model.logQuantiles(features, Lag.NONE)[P50];
  }

  private static double width(TrainedModel model, Features features) {
    double[] quantiles = model.logQuantiles(features, Lag.NONE);
    return Arrays.stream(quantiles, P05, P95 + 1).max().orElseThrow() - quantiles[P05];
  }
}
