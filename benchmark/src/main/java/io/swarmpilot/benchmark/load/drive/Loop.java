package io.swarmpilot.benchmark.load.drive;

import io.swarmpilot.benchmark.load.Ending;

/// Starts the requests of a run.
interface Loop {
  /// Starts requests until the run is at its end or the thread is interrupted.
  ///
  /// @return why no more are started
  Ending run() throws InterruptedException;
}
