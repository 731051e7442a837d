package io.swarmpilot.client;

/// An interval of execution time.
///
/// @param lowerMs lower end, ms
/// @param upperMs upper end, ms
public record PredictionRange(double lowerMs, double upperMs) {}
