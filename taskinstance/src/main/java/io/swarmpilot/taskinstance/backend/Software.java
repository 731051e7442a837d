package io.swarmpilot.taskinstance.backend;

/// The software that runs a model, as it enters predictions.
///
/// @param name such as "onnxruntime"
/// @param version such as "1.29.0"; "" when unknown
public record Software(String name, String version) {}
