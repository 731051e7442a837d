package io.swarmpilot.benchmark.simulate.mesh;

/// What is promised of each task.
///
/// @param times within how many times its expected time a task is to end; NaN for no promise
/// @param sheddable whether a task that cannot is dropped
public record Promise(double times, boolean sheddable) {
  /// Nothing is promised.
  public static final Promise NONE = new Promise(Double.NaN, false);
}
