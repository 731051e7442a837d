package io.swarmpilot.scheduler.core;

/// Whether an instance takes tasks.
public enum InstanceState {
  /// It does.
  AVAILABLE,
  /// It is lost or unhealthy, and tried again until it returns.
  UNAVAILABLE,
  /// It answers, but has failed or lagged so that it is left out for a while.
  EJECTED,
  /// It is removed or shutting down, and finishing what it holds.
  DRAINING
}
