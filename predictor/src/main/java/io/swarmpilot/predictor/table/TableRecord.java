package io.swarmpilot.predictor.table;

import io.swarmpilot.predictor.feature.Features;
import io.swarmpilot.predictor.model.ModelIdentity;
import io.swarmpilot.predictor.model.QuantileDistribution;

/// One prediction of a lookup table.
///
/// @param identity what it was predicted for; what the table does not say fits anything
/// @param otherType a second type it is filed under, or the type of the identity again
/// @param features task it was predicted for
/// @param distribution the prediction
/// @param mean mean, ms: the table's own if it has one
/// @param standardDeviation standard deviation, ms: likewise
record TableRecord(
    ModelIdentity identity,
    String otherType,
    Features features,
    QuantileDistribution distribution,
    double mean,
    double standardDeviation) {}
