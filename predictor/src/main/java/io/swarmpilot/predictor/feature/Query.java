package io.swarmpilot.predictor.feature;

import io.swarmpilot.predictor.model.ModelIdentity;

/// What a prediction is asked for.
///
/// @param identity the model and what runs it
/// @param features what is known of the task
public record Query(ModelIdentity identity, Features features) {}
