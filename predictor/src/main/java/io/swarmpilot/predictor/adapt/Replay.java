package io.swarmpilot.predictor.adapt;

import com.google.common.primitives.Doubles;
import io.swarmpilot.predictor.calibrate.Calibrator;
import io.swarmpilot.predictor.feature.Query;
import io.swarmpilot.predictor.history.PastExecution;
import io.swarmpilot.predictor.learn.Lag;
import io.swarmpilot.predictor.learn.TrainedModel;
import io.swarmpilot.predictor.live.Execution;
import io.swarmpilot.predictor.live.LiveExecutions;
import io.swarmpilot.predictor.model.ModelIdentity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/// What a model would have said of past executions, each just before it happened.
final class Replay {
  private static final int START = 250;

  private final InstanceLags lags = new InstanceLags();
  private final double[][] typical;
  private final double[][] own;
  private final double[] logTimes;

  /// Replays executions, oldest first.
  ///
  /// @param judged which of them, by index, the model is asked about; the others only tell how slow
  ///   the instances were
  Replay(TrainedModel model, List<PastExecution> executions, IntPredicate judged) {
    List<double[]> typicals = new ArrayList<>();
    List<double[]> owns = new ArrayList<>();
    List<Double> times = new ArrayList<>();
    for (int i = 0; i < executions.size(); i++) {
      PastExecution past = executions.get(i);
      double logTime = Math.log(past.milliseconds());
      if (judged.test(i)) {
        Lag typicalLag = lags.typical();
        Lag ownLag = lags.of(past.instance());
        double[] ofTypical = model.logQuantiles(past.features(), typicalLag);
        typicals.add(ofTypical);
        owns.add(
            ownLag.equals(typicalLag) ? ofTypical : model.logQuantiles(past.features(), ownLag));
        times.add(logTime);
      }
      lags.add(past.instance(), logTime - model.demand(past.features()), past.time());
    }
    this.typical = typicals.toArray(double[][]::new);
    this.own = owns.toArray(double[][]::new);
    this.logTimes = Doubles.toArray(times);
  }

  /// How slow the instances are in the end.
  InstanceLags lags() {
    return lags;
  }

  /// Calibrates predictions for a typical instance.
  Calibrator typicalCalibrator() {
    return calibrator(typical);
  }

  /// Calibrates predictions for a certain instance.
  Calibrator ownCalibrator() {
    return calibrator(own);
  }

  /// Starts from the first executions as a whole and follows the others one by one: what drifts in
  /// between must not be averaged over.
  private Calibrator calibrator(double[][] logQuantiles) {
    int first = Math.min(logTimes.length / 2, START);
    Calibrator calibrator =
        Calibrator.startedFrom(Arrays.copyOf(logQuantiles, first), Arrays.copyOf(logTimes, first));
    for (int i = first; i < logTimes.length; i++) {
      calibrator.learn(logQuantiles[i], logTimes[i]);
    }
    return calibrator;
  }

  /// Pinball loss of each prediction for a typical instance, ms, calibrated as they go.
  double[] losses() {
    Calibrator calibrator = new Calibrator();
    double[] losses = new double[logTimes.length];
    for (int i = 0; i < losses.length; i++) {
      double[] stated = calibrator.calibration().apply(typical[i]);
      losses[i] = Stated.ofLogarithms(stated).loss(Math.exp(logTimes[i]));
      calibrator.learn(typical[i], logTimes[i]);
    }
    return losses;
  }

  /// Pinball loss of what recent executions alone would have said, ms; of the first, about which
  /// they can say nothing, infinite.
  static double[] lossesOfRecent(
      ModelIdentity identity, List<PastExecution> executions, IntPredicate judged) {
    LiveExecutions recent = new LiveExecutions(1);
    List<Double> losses = new ArrayList<>();
    for (int i = 0; i < executions.size(); i++) {
      PastExecution past = executions.get(i);
      Query query = new Query(identity, past.features());
      if (judged.test(i)) {
        losses.add(
            recent
                .predict(query)
                .map(answer -> Stated.of(answer.prediction()).loss(past.milliseconds()))
                .orElse(Double.POSITIVE_INFINITY));
      }
      recent.learn(new Execution("", 1, query, past.milliseconds()));
    }
    return Doubles.toArray(losses);
  }
}
