package io.swarmpilot.scheduler.core;

import io.swarmpilot.scheduler.forecast.ExecutionTime;

/// How long a task is expected to execute.
///
/// @param time the distribution
/// @param method where it came from: "model", "live", "lookup", "metadata", "statistics" or "prior"
public record Estimate(ExecutionTime time, String method) {}
