package io.swarmpilot.predictor.store;

import io.swarmpilot.predictor.learn.TrainedModel;
import io.swarmpilot.predictor.model.ModelIdentity;

/// One version of a trained model.
///
/// @param identity what it is for
/// @param version counts from 1 for each identity
/// @param model the model
/// @param origin what it was trained from
/// @param trainedAt when, Unix seconds
public record StoredModel(
    ModelIdentity identity, int version, TrainedModel model, Origin origin, double trainedAt) {}
