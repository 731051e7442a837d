package io.swarmpilot.predictor.adapt;

import io.swarmpilot.predictor.calibrate.Calibration;
import io.swarmpilot.predictor.learn.Lag;
import io.swarmpilot.predictor.store.StoredModel;

/// The model for a prediction, and what has been learned since it was trained.
///
/// @param stored the model
/// @param lag how slow who will execute the task has been lately
/// @param calibration what is to be added to its quantiles
/// @param trusted whether it is to be believed
public record ModelView(StoredModel stored, Lag lag, Calibration calibration, boolean trusted) {}
