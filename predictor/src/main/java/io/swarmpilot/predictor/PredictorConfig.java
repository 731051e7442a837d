package io.swarmpilot.predictor;

import java.nio.file.Path;
import java.util.Optional;

/// How a predictor is set up.
///
/// @param host address to listen on
/// @param port port to listen on; 0 picks a free one, -1 serves inside the process only
/// @param inProcessName name to serve channels of this process under, if any
/// @param dataDirectory directory of the trained models (`models`) and of the files that a training
///   may name (`traces`); made when it is absent
/// @param tableDirectory directory of the lookup tables; made when it is absent
/// @param defaultTable table to use when a request names none: any path, or the name of a file in
///   the directory
/// @param maxTables most lookup tables known at a time
/// @param maxTableBytes largest lookup table, bytes after decompression
/// @param maxTableRecords most records held in memory over all lookup tables
/// @param maxLiveKeys most combinations of model, hardware and software learned from executions
/// @param liveTraining whether models are trained from executions that are reported
public record PredictorConfig(
    String host,
    int port,
    Optional<String> inProcessName,
    Path dataDirectory,
    Path tableDirectory,
    Optional<Path> defaultTable,
    int maxTables,
    long maxTableBytes,
    int maxTableRecords,
    int maxLiveKeys,
    boolean liveTraining) {
  private static final PredictorConfig DEFAULTS =
      new PredictorConfig(
          "127.0.0.1",
          9200,
          Optional.empty(),
          Path.of(".swarmpilot"),
          Path.of(".swarmpilot", "lookup_tables"),
          Optional.empty(),
          64,
          256L << 20,
          1_000_000,
          2_048,
          true);

  /// Checks the bounds.
  public PredictorConfig {
    if (port < -1 || port > 65_535) {
      throw new IllegalArgumentException("port must be between -1 and 65535, not " + port);
    }
    if (port == -1 && inProcessName.isEmpty()) {
      throw new IllegalArgumentException("a predictor without a port needs an in-process name");
    }
    requirePositive(maxTables, "maxTables");
    requirePositive(maxTableBytes, "maxTableBytes");
    requirePositive(maxTableRecords, "maxTableRecords");
    requirePositive(maxLiveKeys, "maxLiveKeys");
  }

  /// Port 9200 of the loopback address, everything in `.swarmpilot`, no default table.
  public static PredictorConfig defaults() {
    return DEFAULTS;
  }

  /// The same, listening elsewhere.
  public PredictorConfig withAddress(String host, int port) {
    return new PredictorConfig(
        host,
        port,
        inProcessName,
        dataDirectory,
        tableDirectory,
        defaultTable,
        maxTables,
        maxTableBytes,
        maxTableRecords,
        maxLiveKeys,
        liveTraining);
  }

  /// The same, listening at another address.
  public PredictorConfig withHost(String host) {
    return withAddress(host, port);
  }

  /// The same, listening on another port.
  public PredictorConfig withPort(int port) {
    return withAddress(host, port);
  }

  /// The same, serving channels of this process as well.
  public PredictorConfig withInProcessName(String name) {
    return new PredictorConfig(
        host,
        port,
        Optional.of(name),
        dataDirectory,
        tableDirectory,
        defaultTable,
        maxTables,
        maxTableBytes,
        maxTableRecords,
        maxLiveKeys,
        liveTraining);
  }

  /// The same, with everything it keeps in another directory, its tables in `lookup_tables` there.
  public PredictorConfig withDataDirectory(Path directory) {
    return new PredictorConfig(
        host,
        port,
        inProcessName,
        directory,
        directory.resolve("lookup_tables"),
        defaultTable,
        maxTables,
        maxTableBytes,
        maxTableRecords,
        maxLiveKeys,
        liveTraining);
  }

  /// The same, with its tables in another directory.
  public PredictorConfig withTableDirectory(Path directory) {
    return new PredictorConfig(
        host,
        port,
        inProcessName,
        dataDirectory,
        directory,
        defaultTable,
        maxTables,
        maxTableBytes,
        maxTableRecords,
        maxLiveKeys,
        liveTraining);
  }

  /// The same, with a default table.
  public PredictorConfig withDefaultTable(Path table) {
    return new PredictorConfig(
        host,
        port,
        inProcessName,
        dataDirectory,
        tableDirectory,
        Optional.of(table),
        maxTables,
        maxTableBytes,
        maxTableRecords,
        maxLiveKeys,
        liveTraining);
  }

  /// The same, training models from reported executions or not.
  public PredictorConfig withLiveTraining(boolean enabled) {
    return new PredictorConfig(
        host,
        port,
        inProcessName,
        dataDirectory,
        tableDirectory,
        defaultTable,
        maxTables,
        maxTableBytes,
        maxTableRecords,
        maxLiveKeys,
        enabled);
  }

  private static void requirePositive(long value, String name) {
    if (value <= 0) {
      throw new IllegalArgumentException(name + " must be positive, not " + value);
    }
  }
}
