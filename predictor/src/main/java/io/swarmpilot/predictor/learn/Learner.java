package io.swarmpilot.predictor.learn;

import com.google.common.collect.ImmutableMap;
import io.swarmpilot.predictor.learn.TrainingProgress.Phase;
import java.util.List;

/// Trains models: as elaborate as the number of samples allows, and no more than pays on samples
/// held out.
public final class Learner {
  private static final int ENOUGH_FOR_A_LINE = 40;
  private static final int ENOUGH_FOR_TREES = 300;

  private static final HeldOut NOTHING =
      new HeldOut(0, ImmutableMap.of(), ImmutableMap.of(), Double.NaN, Double.NaN, Double.NaN);

  private final List<Sample> samples;
  private final TrainingSettings settings;
  private final TrainingProgress progress;
  private final int held;
  private final long steps;
  private long done;

  private Learner(List<Sample> samples, TrainingSettings settings, TrainingProgress progress) {
    this.samples = samples;
    this.settings = settings;
    this.progress = progress;
    this.held = Math.max(1, (int) (samples.size() * settings.testShare()));
    this.steps =
        stage() == Stage.BOOSTED
            ? BoostedFit.trees(samples.size() - held, settings)
                + BoostedFit.trees(samples.size(), settings)
            : 2;
  }

  /// A model of these samples. Its figures are those of a twin trained without the last ones, on
  /// them; itself it is trained on all.
  ///
  /// @param samples oldest first, at least [TrainingSettings#LEAST_SAMPLES]
  /// @throws IllegalArgumentException when there are too few
  public static TrainedModel train(
      List<Sample> samples, TrainingSettings settings, TrainingProgress progress) {
    if (samples.size() < TrainingSettings.LEAST_SAMPLES) {
      throw new IllegalArgumentException(
          "at least " + TrainingSettings.LEAST_SAMPLES + " samples are needed");
    }
    return new Learner(samples, settings, progress).train();
  }

  private TrainedModel train() {
    int kept = samples.size() - held;
    List<Sample> past = samples.subList(0, kept);
    Stage best = stage();
    HeldOut measured = measure(fit(best, past, NOTHING));
    if (best == Stage.BOOSTED) {
      HeldOut simpler = measure(fit(Stage.LINEAR, past, NOTHING));
      if (simpler.meanPinballMs() < measured.meanPinballMs()) {
        best = Stage.LINEAR;
        measured = simpler;
      }
    }
    return fit(best, samples, measured);
  }

  private Stage stage() {
    int kept = samples.size() - held;
    if (kept < ENOUGH_FOR_A_LINE) {
      return Stage.STATISTICS;
    }
    return kept < ENOUGH_FOR_TREES ? Stage.LINEAR : Stage.BOOSTED;
  }

  private TrainedModel fit(Stage stage, List<Sample> some, HeldOut figures) {
    if (stage == Stage.STATISTICS) {
      step();
      return StatisticsModel.of(
          some.stream().mapToDouble(sample -> Math.log(sample.milliseconds())).toArray(), figures);
    }
    TrainingRows rows = TrainingRows.of(some);
    if (stage == Stage.BOOSTED) {
      return BoostedFit.fit(rows, settings, figures, this::step);
    }
    step();
    return LinearModel.of(rows, figures);
  }

  private void step() {
    progress.at(Phase.LEARNING, Math.min(++done, steps), steps);
  }

  private HeldOut measure(TrainedModel model) {
    progress.at(Phase.EVALUATING, 0, held);
    HeldOut measured = Measuring.measure(model, samples, samples.size() - held);
    progress.at(Phase.EVALUATING, held, held);
    return measured;
  }
}
