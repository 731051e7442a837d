package io.swarmpilot.predictor.adapt;

import io.swarmpilot.predictor.calibrate.Accuracy;
import io.swarmpilot.predictor.calibrate.Scores;
import io.swarmpilot.predictor.model.Grids;
import io.swarmpilot.predictor.model.Prediction;
import io.swarmpilot.predictor.model.QuantileDistribution;
import java.util.Arrays;

/// A prediction that is to be judged.
final class Stated {
  private final double[] quantilesMs;
  private final double meanMs;

  private Stated(double[] quantilesMs, double meanMs) {
    this.quantilesMs = quantilesMs;
    this.meanMs = meanMs;
  }

  /// What logarithms of times (ms) at [Grids#fine()] say.
  static Stated ofLogarithms(double[] logQuantiles) {
    double[] milliseconds = Arrays.stream(logQuantiles).map(Math::exp).toArray();
    return new Stated(milliseconds, QuantileDistribution.onFineGrid(milliseconds).mean());
  }

  /// What a prediction on any grid says.
  static Stated of(Prediction prediction) {
    double[] milliseconds =
        Arrays.stream(Grids.fine()).map(prediction.distribution()::quantile).toArray();
    return new Stated(milliseconds, prediction.mean());
  }

  /// Judges it by the time it took, ms.
  void addTo(Accuracy accuracy, double actualMs) {
    accuracy.add(quantilesMs, meanMs, actualMs);
  }

  /// Mean pinball loss of it, ms.
  double loss(double actualMs) {
    return Scores.pinball(quantilesMs, actualMs);
  }

  /// The median, ms.
  double median() {
    return quantilesMs[quantilesMs.length / 2];
  }
}
