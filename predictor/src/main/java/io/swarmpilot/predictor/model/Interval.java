package io.swarmpilot.predictor.model;

/// A range of times.
///
/// @param lower lower end, ms
/// @param upper upper end, ms
public record Interval(double lower, double upper) {}
