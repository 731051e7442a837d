package io.swarmpilot.runtime.time;

/// Where a component takes the time from, so that tests and simulations can supply it.
public interface MeshClock {
  /// Monotonic nanoseconds from an arbitrary origin; only differences mean anything.
  long nanos();

  /// Wall-clock time as Unix seconds with fraction; for showing to people, never for durations.
  double unixSeconds();

  /// The clock of this machine.
  static MeshClock system() {
    return SystemMeshClock.INSTANCE;
  }
}
