package io.swarmpilot.runtime.time;

import java.time.Instant;

/// The clock of this machine.
enum SystemMeshClock implements MeshClock {
  INSTANCE;

  @Override
  public long nanos() {
    return System.nanoTime();
  }

  @Override
  public double unixSeconds() {
    Instant now = Instant.now();
    return now.getEpochSecond() + now.getNano() / 1e9;
  }
}
