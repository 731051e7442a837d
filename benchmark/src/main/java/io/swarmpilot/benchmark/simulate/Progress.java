package io.swarmpilot.benchmark.simulate;

/// Told how far an experiment is.
@FunctionalInterface
public interface Progress {
  /// Some of the tasks of all runs have arrived.
  ///
  /// @param what the run that is under way
  /// @param done share of the experiment, 0 to 1
  void at(String what, double done);
}
