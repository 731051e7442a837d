package io.swarmpilot.predictor.training;

import com.google.protobuf.ByteString;

/// What a caller sent to train a model from.
///
/// @param config a JSON object
/// @param file the samples; empty when the config holds or names them
public record TrainingInput(String config, ByteString file) {}
