package io.swarmpilot.predictor.training;

import com.google.common.collect.ImmutableList;
import io.swarmpilot.predictor.learn.TrainingSettings;
import io.swarmpilot.predictor.model.ModelIdentity;

/// What a configuration says, the samples apart.
///
/// @param identity what the model is for
/// @param settings how to train
/// @param quantiles probabilities to tell the pinball loss of, ascending
/// @param traceFile name of the file that holds the samples, or ""
/// @param hasSamples whether the configuration itself holds samples
/// @param ignored names of the settings that mean nothing here
record TrainingConfig(
    ModelIdentity identity,
    TrainingSettings settings,
    ImmutableList<Double> quantiles,
    String traceFile,
    boolean hasSamples,
    ImmutableList<String> ignored) {}
