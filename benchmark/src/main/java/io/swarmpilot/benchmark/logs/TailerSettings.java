package io.swarmpilot.benchmark.logs;

import java.nio.file.Path;
import java.time.Duration;

/// How a [TailerLogCollector] works.
///
/// @param logDirectory directory, shared by the nodes, that the sources write to
/// @param outputDirectory directory for what is gathered
/// @param createJsonl whether to write `aggregated.jsonl` too
/// @param flushInterval longest time that gathered lines stay in memory, 10 ms to a minute
/// @param stdout name of the file for standard output
/// @param stderr name of the file for standard error
/// @param aggregated name of the file for all lines as JSON
public record TailerSettings(
    Path logDirectory,
    Path outputDirectory,
    boolean createJsonl,
    Duration flushInterval,
    String stdout,
    String stderr,
    String aggregated) {
  /// Checks the bounds.
  ///
  /// @throws IllegalArgumentException naming the setting
  public TailerSettings {
    if (flushInterval.compareTo(Duration.ofMillis(10)) < 0
        || flushInterval.compareTo(Duration.ofMinutes(1)) > 0) {
      throw new IllegalArgumentException("flush_interval: must be 0.01 s to 60 s");
    }
    requireName("outputs.stdout", stdout);
    requireName("outputs.stderr", stderr);
    requireName("outputs.aggregated", aggregated);
  }

  /// The defaults: everything into `stdout.log`, `stderr.log` and `aggregated.jsonl`.
  public static TailerSettings of(Path logDirectory, Path outputDirectory) {
    return new TailerSettings(
        logDirectory,
        outputDirectory,
        true,
        Duration.ofSeconds(5),
        "stdout.log",
        "stderr.log",
        "aggregated.jsonl");
  }

  private static void requireName(String setting, String name) {
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,200}")) {
      throw new IllegalArgumentException(setting + ": '" + name + "' is no name of a file");
    }
  }
}
