package io.swarmpilot.client;

/// How far a training is.
///
/// @param phase `reading`, `learning`, `evaluating` or `saving`
/// @param done steps of the phase that are done
/// @param total steps of the phase in all; 0 when that is not known
public record TrainingStep(String phase, long done, long total) {}
