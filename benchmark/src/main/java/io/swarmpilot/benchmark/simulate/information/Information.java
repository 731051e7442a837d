package io.swarmpilot.benchmark.simulate.information;

/// What is known of tasks.
public enum Information {
  /// The true time on every kind of hardware, noise included.
  ORACLE,
  /// What a predictor says that was trained on the part of the trace before: it knows the input
  /// tokens only, and of several traces which one the task is of.
  QUANTILES,
  /// The same for all: mean and spread of the part of the trace before.
  MEAN,
  /// Nothing, not even the mean: what the scheduler assumes of a model never seen.
  NONE
}
