package io.swarmpilot.predictor.adapt;

import io.swarmpilot.predictor.calibrate.AccuracyFigures;
import io.swarmpilot.predictor.calibrate.KeyState;
import io.swarmpilot.predictor.model.ModelIdentity;
import java.util.OptionalLong;

/// How the predictions of a key are doing.
///
/// @param identity what it is
/// @param state the state
/// @param version version of the model in force; 0 when there is none
/// @param figures how good predictions were
/// @param slowdown recent slowdown of a typical instance; 1 is usual
/// @param sinceDrift executions since the last drift, if there was one
public record KeySnapshot(
    ModelIdentity identity,
    KeyState state,
    int version,
    AccuracyFigures figures,
    double slowdown,
    OptionalLong sinceDrift) {}
