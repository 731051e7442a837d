package io.swarmpilot.client;

/// A wait or an execution time with its uncertainty.
///
/// @param expectedMs mean, ms
/// @param errorMs standard deviation, ms
public record ExpectedTime(double expectedMs, double errorMs) {}
