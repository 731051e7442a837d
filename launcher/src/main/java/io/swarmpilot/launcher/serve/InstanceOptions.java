package io.swarmpilot.launcher.serve;

import io.swarmpilot.launcher.settings.ByteSize;
import io.swarmpilot.launcher.settings.TimeSpan;
import io.swarmpilot.taskinstance.TaskInstanceConfig;
import io.swarmpilot.taskinstance.weights.WeightStore;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Settings of a task instance.
final class InstanceOptions {
  private static final TaskInstanceConfig DEFAULTS = TaskInstanceConfig.defaults();

  @Option(
      names = "--hardware",
      paramLabel = "NAME",
      description = "Hardware as it enters predictions (default: ${DEFAULT-VALUE}).")
  private String hardware = DEFAULTS.hardware();

  @Option(
      names = "--gpus",
      paramLabel = "N",
      description = "GPUs the replicas may use together (default: ${DEFAULT-VALUE}).")
  private int gpus = DEFAULTS.gpus();

  @Option(
      names = "--allow-process",
      description =
          "Let callers of /models/start have this machine run commands they name (backend process).")
  private boolean allowProcess;

  @Option(
      names = "--max-queue",
      paramLabel = "N",
      description = "Most waiting tasks; beyond it tasks are refused (default: ${DEFAULT-VALUE}).")
  private int maxQueue = DEFAULTS.bounds().maxPending();

  @Option(
      names = "--max-kept-results",
      paramLabel = "N",
      description = "Most results kept (default: ${DEFAULT-VALUE}).")
  private int maxResults = DEFAULTS.bounds().maxResults();

  @Option(
      names = "--kept-result-ttl",
      paramLabel = "TIME",
      converter = TimeSpan.Converter.class,
      description = "How long a result is kept (default: ${DEFAULT-VALUE}).")
  private TimeSpan resultTtl = new TimeSpan(DEFAULTS.bounds().resultTtl());

  @Option(
      names = "--max-kept-bytes",
      paramLabel = "SIZE",
      converter = ByteSize.Converter.class,
      description = "Most bytes of results kept (default: ${DEFAULT-VALUE}).")
  private ByteSize maxResultBytes = new ByteSize(DEFAULTS.bounds().maxResultBytes());

  @Option(
      names = "--models-dir",
      paramLabel = "DIR",
      description = "Where fetched weights are (default: swarmpilot/models in the user's cache).")
  private @Nullable Path models;

  /// The same with the options in force.
  TaskInstanceConfig apply(TaskInstanceConfig config) {
    return (models == null ? config : config.withWeights(new WeightStore(models)))
        .withHardware(hardware)
        .withGpus(gpus)
        .withCommandsAllowed(allowProcess)
        .withMaxQueue(maxQueue)
        .withResultBounds(maxResults, resultTtl.duration(), maxResultBytes.bytes());
  }
}
