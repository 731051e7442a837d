package io.swarmpilot.predictor.store;

/// A model file that is not used.
///
/// @param modelKey key of the model, as far as the directory tells
/// @param message which file it is and what is wrong with it, a sentence
public record Refusal(String modelKey, String message) {}
