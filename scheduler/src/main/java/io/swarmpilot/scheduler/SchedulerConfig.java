package io.swarmpilot.scheduler;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// How a scheduler is set up.
///
/// @param host address to listen on
/// @param port port to listen on; 0 picks a free one, -1 serves inside the process only, for which
///   it needs a name there
/// @param inProcessName name to serve channels of this process under, if any
/// @param allowedNetworks networks instances may be registered from, as CIDRs; empty means loopback
///   and the networks of this host's own interfaces
/// @param resultTtl how long a completed task and its result are kept
/// @param maxResults most completed tasks kept; beyond it the oldest are dropped
/// @param maxResultBytes most bytes of results kept; beyond it the oldest are dropped
/// @param maxLiveTasks most tasks accepted and not yet completed; beyond it submits are refused
/// @param maxLiveBytes most bytes of their inputs; beyond it submits are refused
/// @param maxAttempts how often a task may be lost with its instance or replica before it fails
/// @param leaseTimeout silence after which an instance is given up and its tasks go elsewhere
/// @param queueTimeout how long an accepted task may wait for any instance before it fails
/// @param predictionBudget longest wait for the predictor before a task is placed without it
/// @param scheduling how tasks are ordered and placed
/// @param seed seed of the random choices of strategies
public record SchedulerConfig(
    String host,
    int port,
    Optional<String> inProcessName,
    List<String> allowedNetworks,
    Duration resultTtl,
    int maxResults,
    long maxResultBytes,
    int maxLiveTasks,
    long maxLiveBytes,
    int maxAttempts,
    Duration leaseTimeout,
    Duration queueTimeout,
    Duration predictionBudget,
    SchedulingConfig scheduling,
    long seed) {
  /// Checks the bounds.
  public SchedulerConfig {
    allowedNetworks = List.copyOf(allowedNetworks);
    if (port < -1 || port > 65_535) {
      throw new IllegalArgumentException("port: " + port + " (expected: -1 to 65535)");
    }
    requirePositive("resultTtl", resultTtl.toNanos());
    requirePositive("maxResults", maxResults);
    requirePositive("maxResultBytes", maxResultBytes);
    requirePositive("maxLiveTasks", maxLiveTasks);
    requirePositive("maxLiveBytes", maxLiveBytes);
    requirePositive("maxAttempts", maxAttempts);
    requirePositive("leaseTimeout", leaseTimeout.toNanos());
    requirePositive("queueTimeout", queueTimeout.toNanos());
    requirePositive("predictionBudget", predictionBudget.toNanos());
  }

  /// Port 9102 of the loopback address; results for an hour, at most 100,000 and 256 MiB of them.
  public static SchedulerConfig defaults() {
    return new Draft().build();
  }

  /// The same, listening on another host address.
  public SchedulerConfig withHost(String host) {
    return with(draft -> draft.host = host);
  }

  /// The same, listening on another port; 0 picks a free one, -1 stays inside the process.
  public SchedulerConfig withPort(int port) {
    return with(draft -> draft.port = port);
  }

  /// The same, serving channels of this process as well.
  public SchedulerConfig withInProcessName(String name) {
    return with(draft -> draft.inProcessName = Optional.of(name));
  }

  /// The same, admitting instances from these networks (CIDRs) only.
  public SchedulerConfig withAllowedNetworks(List<String> networks) {
    return with(draft -> draft.allowedNetworks = networks);
  }

  /// The same, keeping results for another time.
  public SchedulerConfig withResultTtl(Duration ttl) {
    return with(draft -> draft.resultTtl = ttl);
  }

  /// The same, keeping another number of completed tasks.
  public SchedulerConfig withMaxResults(int count) {
    return with(draft -> draft.maxResults = count);
  }

  /// The same, keeping other bytes of results.
  public SchedulerConfig withMaxResultBytes(long bytes) {
    return with(draft -> draft.maxResultBytes = bytes);
  }

  /// The same, taking another number of tasks at a time.
  public SchedulerConfig withMaxLiveTasks(int count) {
    return with(draft -> draft.maxLiveTasks = count);
  }

  /// The same, taking other bytes of inputs at a time.
  public SchedulerConfig withMaxLiveBytes(long bytes) {
    return with(draft -> draft.maxLiveBytes = bytes);
  }

  /// The same, giving up a task after another number of losses.
  public SchedulerConfig withMaxAttempts(int attempts) {
    return with(draft -> draft.maxAttempts = attempts);
  }

  /// The same, giving up an instance after another silence.
  public SchedulerConfig withLeaseTimeout(Duration timeout) {
    return with(draft -> draft.leaseTimeout = timeout);
  }

  /// The same, failing a task that found no instance for another time.
  public SchedulerConfig withQueueTimeout(Duration timeout) {
    return with(draft -> draft.queueTimeout = timeout);
  }

  /// The same, waiting another time for predictions.
  public SchedulerConfig withPredictionBudget(Duration budget) {
    return with(draft -> draft.predictionBudget = budget);
  }

  /// The same, ordering and placing tasks otherwise.
  public SchedulerConfig withScheduling(SchedulingConfig scheduling) {
    return with(draft -> draft.scheduling = scheduling);
  }

  /// The same, with other random choices.
  public SchedulerConfig withSeed(long seed) {
    return with(draft -> draft.seed = seed);
  }

  private SchedulerConfig with(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.build();
  }

  private static void requirePositive(String name, long value) {
    if (value <= 0) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: > 0)");
    }
  }

  /// The settings while one of them changes; its initial values are the defaults.
  private static final class Draft {
    private String host = "127.0.0.1";
    private int port = 9102;
    private Optional<String> inProcessName = Optional.empty();
    private List<String> allowedNetworks = List.of();
    private Duration resultTtl = Duration.ofHours(1);
    private int maxResults = 100_000;
    private long maxResultBytes = 256L << 20;
    private int maxLiveTasks = 100_000;
    private long maxLiveBytes = 512L << 20;
    private int maxAttempts = 3;
    private Duration leaseTimeout = Duration.ofMillis(2_500);
    private Duration queueTimeout = Duration.ofSeconds(60);
    private Duration predictionBudget = Duration.ofMillis(20);
    private SchedulingConfig scheduling = SchedulingConfig.DEFAULTS;
    private long seed = 42;

    Draft() {}

    Draft(SchedulerConfig from) {
      host = from.host;
      port = from.port;
      inProcessName = from.inProcessName;
      allowedNetworks = from.allowedNetworks;
      resultTtl = from.resultTtl;
      maxResults = from.maxResults;
      maxResultBytes = from.maxResultBytes;
      maxLiveTasks = from.maxLiveTasks;
      maxLiveBytes = from.maxLiveBytes;
      maxAttempts = from.maxAttempts;
      leaseTimeout = from.leaseTimeout;
      queueTimeout = from.queueTimeout;
      predictionBudget = from.predictionBudget;
      scheduling = from.scheduling;
      seed = from.seed;
    }

    SchedulerConfig build() {
      return new SchedulerConfig(
          host,
          port,
          inProcessName,
          allowedNetworks,
          resultTtl,
          maxResults,
          maxResultBytes,
          maxLiveTasks,
          maxLiveBytes,
          maxAttempts,
          leaseTimeout,
          queueTimeout,
          predictionBudget,
          scheduling,
          seed);
    }
  }
}
