package io.swarmpilot.launcher.serve;

import io.swarmpilot.launcher.settings.ByteSize;
import io.swarmpilot.launcher.settings.TimeSpan;
import io.swarmpilot.scheduler.SchedulerConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/// Settings of the scheduler.
final class SchedulerOptions {
  private static final SchedulerConfig DEFAULTS = SchedulerConfig.defaults();

  @Option(
      names = "--allow-network",
      paramLabel = "CIDR",
      split = ",",
      description =
          "Networks task instances may be registered from (default: loopback and this host's own).")
  private List<String> allowedNetworks = new ArrayList<>();

  @Option(
      names = "--instances-file",
      paramLabel = "FILE",
      description = "YAML with `instances:` to register at the start, tried until they answer.")
  private @Nullable Path instancesFile;

  @Option(
      names = "--result-ttl",
      paramLabel = "TIME",
      converter = TimeSpan.Converter.class,
      description = "How long a completed task is kept (default: ${DEFAULT-VALUE}).")
  private TimeSpan resultTtl = new TimeSpan(DEFAULTS.resultTtl());

  @Option(
      names = "--max-results",
      paramLabel = "N",
      description = "Most completed tasks kept (default: ${DEFAULT-VALUE}).")
  private int maxResults = DEFAULTS.maxResults();

  @Option(
      names = "--max-result-bytes",
      paramLabel = "SIZE",
      converter = ByteSize.Converter.class,
      description = "Most bytes of results kept (default: ${DEFAULT-VALUE}).")
  private ByteSize maxResultBytes = new ByteSize(DEFAULTS.maxResultBytes());

  @Option(
      names = "--max-live-tasks",
      paramLabel = "N",
      description = "Most unfinished tasks; beyond it submits get 429 (default: ${DEFAULT-VALUE}).")
  private int maxLiveTasks = DEFAULTS.maxLiveTasks();

  @Option(
      names = "--max-live-bytes",
      paramLabel = "SIZE",
      converter = ByteSize.Converter.class,
      description = "Most bytes of their inputs (default: ${DEFAULT-VALUE}).")
  private ByteSize maxLiveBytes = new ByteSize(DEFAULTS.maxLiveBytes());

  @Option(
      names = "--max-attempts",
      paramLabel = "N",
      description = "How often a task may be lost before it fails (default: ${DEFAULT-VALUE}).")
  private int maxAttempts = DEFAULTS.maxAttempts();

  @Option(
      names = "--lease-timeout",
      paramLabel = "TIME",
      converter = TimeSpan.Converter.class,
      description = "Silence after which an instance is given up (default: ${DEFAULT-VALUE}).")
  private TimeSpan leaseTimeout = new TimeSpan(DEFAULTS.leaseTimeout());

  @Option(
      names = "--queue-timeout",
      paramLabel = "TIME",
      converter = TimeSpan.Converter.class,
      description = "Longest wait of a task for any instance (default: ${DEFAULT-VALUE}).")
  private TimeSpan queueTimeout = new TimeSpan(DEFAULTS.queueTimeout());

  @Option(
      names = "--prediction-budget",
      paramLabel = "TIME",
      converter = TimeSpan.Converter.class,
      description = "Longest wait for a prediction (default: ${DEFAULT-VALUE}).")
  private TimeSpan predictionBudget = new TimeSpan(DEFAULTS.predictionBudget());

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of random choices (default: ${DEFAULT-VALUE}).")
  private long seed = DEFAULTS.seed();

  @ArgGroup(validate = false, order = 1, heading = "%nHow tasks are ordered and placed:%n")
  private SchedulingOptions scheduling = new SchedulingOptions();

  @ArgGroup(validate = false, order = 2, heading = "%nTuning of strategies:%n")
  private PolicyOptions policies = new PolicyOptions();

  /// The same with the options in force.
  ///
  /// @throws io.swarmpilot.launcher.settings.CommandFailure naming the flag that is out of bounds
  SchedulerConfig apply(SchedulerConfig config) {
    try {
      return applyAll(config);
    } catch (IllegalArgumentException e) {
      throw OutOfBounds.of(e);
    }
  }

  Optional<Path> instancesFile() {
    return Optional.ofNullable(instancesFile);
  }

  private SchedulerConfig applyAll(SchedulerConfig config) {
    return config
        .withAllowedNetworks(allowedNetworks)
        .withResultTtl(resultTtl.duration())
        .withMaxResults(maxResults)
        .withMaxResultBytes(maxResultBytes.bytes())
        .withMaxLiveTasks(maxLiveTasks)
        .withMaxLiveBytes(maxLiveBytes.bytes())
        .withMaxAttempts(maxAttempts)
        .withLeaseTimeout(leaseTimeout.duration())
        .withQueueTimeout(queueTimeout.duration())
        .withPredictionBudget(predictionBudget.duration())
        .withScheduling(scheduling.config(policies.settings()))
        .withSeed(seed);
  }
}
