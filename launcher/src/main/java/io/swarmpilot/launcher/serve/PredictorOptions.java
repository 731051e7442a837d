package io.swarmpilot.launcher.serve;

import io.swarmpilot.predictor.PredictorConfig;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Settings of the predictor.
final class PredictorOptions {
  @Option(
      names = "--table-directory",
      paramLabel = "DIR",
      description =
          "Directory of the lookup tables (default: lookup_tables in the data directory).")
  private @Nullable Path tableDirectory;

  @Option(
      names = "--default-table",
      paramLabel = "FILE",
      description = "Lookup table to use when a request names none.")
  private @Nullable Path defaultTable;

  @Option(
      names = "--no-live-training",
      description = "Do not train models from the executions that the scheduler reports.")
  private boolean noLiveTraining;

  /// The same with the options in force.
  PredictorConfig apply(PredictorConfig config, Path dataDirectory) {
    PredictorConfig inData =
        config.withDataDirectory(dataDirectory).withLiveTraining(!noLiveTraining);
    PredictorConfig located =
        tableDirectory == null ? inData : inData.withTableDirectory(tableDirectory);
    return defaultTable == null ? located : located.withDefaultTable(defaultTable);
  }
}
