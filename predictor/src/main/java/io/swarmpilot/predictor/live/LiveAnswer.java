package io.swarmpilot.predictor.live;

import io.swarmpilot.predictor.model.Prediction;

/// What recent executions say.
///
/// @param prediction the prediction
/// @param settled whether there are enough executions of just what was asked for to believe them
///   before anything else
public record LiveAnswer(Prediction prediction, boolean settled) {}
