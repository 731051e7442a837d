package io.swarmpilot.predictor.learn;

import com.google.common.collect.ImmutableMap;
import java.util.List;

/// Trains models.
public final class Learner {
  private Learner() {}

  /// A model of these samples, as elaborate as their number allows.
  ///
  /// @param samples oldest first, at least [TrainingSettings#LEAST_SAMPLES]
  /// @throws IllegalArgumentException when there are too few
  public static TrainedModel train(
      List<Sample> samples, TrainingSettings settings, TrainingProgress progress) {
    if (samples.size() < TrainingSettings.LEAST_SAMPLES) {
      throw new IllegalArgumentException(
          "at least " + TrainingSettings.LEAST_SAMPLES + " samples are needed");
    }
    progress.at(TrainingProgress.Phase.LEARNING, 1, 1);
    double[] logTimes =
        samples.stream().mapToDouble(sample -> Math.log(sample.milliseconds())).toArray();
    HeldOut unknown =
        new HeldOut(0, ImmutableMap.of(), ImmutableMap.of(), Double.NaN, Double.NaN, Double.NaN);
    return StatisticsModel.of(logTimes, unknown);
  }
}
