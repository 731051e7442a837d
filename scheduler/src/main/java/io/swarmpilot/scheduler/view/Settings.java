package io.swarmpilot.scheduler.view;

import io.swarmpilot.scheduler.core.PredictMode;

/// What is in force.
///
/// @param strategy canonical name of the strategy
/// @param mode the prediction mode
public record Settings(String strategy, PredictMode mode) {}
