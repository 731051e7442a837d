package io.swarmpilot.predictor.adapt;

import io.swarmpilot.predictor.calibrate.Calibration;
import io.swarmpilot.predictor.calibrate.Calibrator;
import io.swarmpilot.predictor.history.PastExecution;
import io.swarmpilot.predictor.learn.Lag;
import io.swarmpilot.predictor.learn.TrainedModel;

/// What has been learned about one model since it has been in force for one key: how slow the
/// instances are, and how far its quantiles are off. Read by any thread, written by one at a time.
final class ModelTracks {
  private final TrainedModel model;
  private final boolean fresh;
  private final InstanceLags lags;

  /// Of predictions for a typical instance, which most are, and of those for a certain one, which
  /// know more.
  private final Calibrator typical;

  private final Calibrator own;
  private volatile Calibration typicalNow;
  private volatile Calibration ownNow;

  private ModelTracks(
      TrainedModel model, boolean fresh, InstanceLags lags, Calibrator typical, Calibrator own) {
    this.model = model;
    this.fresh = fresh;
    this.lags = lags;
    this.typical = typical;
    this.own = own;
    this.typicalNow = typical.calibration();
    this.ownNow = own.calibration();
  }

  /// Starts from what past executions say.
  ModelTracks(TrainedModel model, InstanceLags lags, Calibrator typical, Calibrator own) {
    this(model, false, lags, typical, own);
  }

  /// Starts knowing nothing.
  ModelTracks(TrainedModel model) {
    this(model, true, new InstanceLags(), new Calibrator(), new Calibrator());
  }

  /// Whether it started knowing nothing.
  boolean isFresh() {
    return fresh;
  }

  TrainedModel model() {
    return model;
  }

  /// Whether they are of just this model; an equal one trained anew is another.
  @SuppressWarnings("ReferenceEquality")
  boolean isOf(TrainedModel other) {
    return model == other;
  }

  /// How slow a typical instance is.
  Lag lag() {
    return lags.typical();
  }

  /// How slow an instance is; a typical one when it is "" or not known.
  Lag lag(String instance) {
    return lags.of(instance);
  }

  /// What is to be added to the quantiles for an instance; for a typical one when it is "".
  Calibration calibration(String instance) {
    return instance.isEmpty() ? typicalNow : ownNow;
  }

  /// An execution as it was predicted.
  ///
  /// @param stated what was said of it, for a typical instance
  /// @param lossMs pinball loss of that, and of what was said for the very instance, on average: a
  ///   model is worth what both are worth
  /// @param drift whether it gave away a drift
  record Judged(Stated stated, double lossMs, boolean drift) {}

  /// Judges by an execution, then learns from it.
  Judged take(PastExecution execution) {
    double logTime = Math.log(execution.milliseconds());
    Lag typicalLag = lags.typical();
    Lag ownLag = lags.of(execution.instance());
    double[] typicalBase = model.logQuantiles(execution.features(), typicalLag);
    double[] ownBase =
        ownLag.equals(typicalLag) ? typicalBase : model.logQuantiles(execution.features(), ownLag);
    Stated stated = Stated.ofLogarithms(typicalNow.apply(typicalBase));
    Stated ofInstance = Stated.ofLogarithms(ownNow.apply(ownBase));
    double actual = execution.milliseconds();
    double loss = (stated.loss(actual) + ofInstance.loss(actual)) / 2;
    boolean drift = typical.learn(typicalBase, logTime);
    own.learn(ownBase, logTime);
    typicalNow = typical.calibration();
    ownNow = own.calibration();
    lags.add(execution.instance(), logTime - model.demand(execution.features()), execution.time());
    return new Judged(stated, loss, drift);
  }
}
