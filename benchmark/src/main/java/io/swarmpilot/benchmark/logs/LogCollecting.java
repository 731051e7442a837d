package io.swarmpilot.benchmark.logs;

import io.swarmpilot.benchmark.orchestrate.Companion;
import java.io.IOException;
import java.util.List;

/// Gathers logs while a benchmark runs.
///
/// @param collector how
/// @param sources whose
public record LogCollecting(BaseLogCollector collector, List<LogSource> sources)
    implements Companion {
  /// Copies the list.
  public LogCollecting {
    sources = List.copyOf(sources);
  }

  @Override
  public String name() {
    return "the log collector";
  }

  @Override
  public void start() throws IOException {
    if (!collector.deploy(sources)) {
      throw new IOException("it cannot write its files or knows no way to a node");
    }
  }

  @Override
  public void stop() {
    collector.close();
  }
}
