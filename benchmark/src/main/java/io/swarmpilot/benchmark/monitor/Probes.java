package io.swarmpilot.benchmark.monitor;

import java.time.Duration;
import java.util.Set;

/// Makes probes.
@FunctionalInterface
public interface Probes {
  /// Probes of the machine at hand.
  Probes LOCAL = LocalProbe::open;

  /// A probe that tells these metrics.
  ///
  /// @param interval time between the readings it will be asked for
  MachineProbe open(Set<Metric> metrics, Duration interval);
}
