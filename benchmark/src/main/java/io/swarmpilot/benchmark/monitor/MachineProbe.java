package io.swarmpilot.benchmark.monitor;

import java.time.Instant;

/// Looks at one machine. Used by one thread at a time.
public interface MachineProbe extends AutoCloseable {
  /// GPUs that every reading tells of.
  int gpus();

  /// How the machine is now.
  Reading read(Instant now);

  /// Ends what the probe keeps running.
  @Override
  void close();
}
