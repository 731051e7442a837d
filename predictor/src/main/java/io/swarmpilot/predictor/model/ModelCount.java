package io.swarmpilot.predictor.model;

/// How much is known of a model on one hardware and software.
///
/// @param identity model, hardware and software
/// @param count records or executions
public record ModelCount(ModelIdentity identity, long count) {}
