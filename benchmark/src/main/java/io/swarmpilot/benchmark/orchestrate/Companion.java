package io.swarmpilot.benchmark.orchestrate;

import java.io.IOException;

/// Something that accompanies a benchmark: a monitor, a log collector.
public interface Companion {
  /// Its name, for messages.
  String name();

  /// Begins, once the servers are ready and before the first load.
  ///
  /// @throws IOException when it cannot; the benchmark goes on without it, and says so
  void start() throws IOException;

  /// Ends. Called once for each that began, however the benchmark ended.
  void stop();
}
