package io.swarmpilot.launcher.serve;

import io.swarmpilot.launcher.settings.CommandFailure;
import io.swarmpilot.launcher.settings.TimeSpan;
import io.swarmpilot.scheduler.SchedulingConfig;
import io.swarmpilot.scheduler.policy.PolicyRegistry;
import io.swarmpilot.scheduler.policy.PolicySettings;
import io.swarmpilot.scheduler.queue.QueueSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Settings of which strategy orders and places tasks, and of how they wait.
final class SchedulingOptions {
  private static final SchedulingConfig DEFAULTS = SchedulingConfig.DEFAULTS;

  @Option(
      names = "--strategy",
      paramLabel = "NAME",
      description = "Strategy in force at the start (default: proportional_deadline).")
  private String strategy = DEFAULTS.strategy();

  @Option(
      names = "--lock-strategy",
      description = "Ignore the strategy that tasks ask for in their metadata.")
  private boolean lockStrategy = DEFAULTS.lockStrategy();

  @Option(
      names = "--max-queued",
      paramLabel = "N",
      description =
          "Most tasks waiting for a model; beyond it submits get 429 (default: ${DEFAULT-VALUE}).")
  private int maxQueued = DEFAULTS.maxQueued();

  @Option(
      names = "--max-live-per-user",
      paramLabel = "N",
      description = "Most unfinished tasks of one user_id (default: any number).")
  private @Nullable Integer maxLivePerUser;

  @Option(
      names = "--most-look-ahead",
      paramLabel = "N",
      description =
          "Most tasks given to an instance beyond its slots, where handing them over takes long"
              + " (default: ${DEFAULT-VALUE}).")
  private int mostLookAhead = DEFAULTS.mostLookAhead();

  @Option(
      names = "--overdue-after",
      paramLabel = "TIME",
      converter = TimeSpan.Converter.class,
      description = "Wait after which a task is overdue (default: ${DEFAULT-VALUE}).")
  private TimeSpan overdueAfter = TimeSpan.millis((long) DEFAULTS.queue().overdueAfterMs());

  @Option(
      names = "--overdue-every",
      paramLabel = "N",
      description =
          "One of so many turns is the oldest overdue task's (default: ${DEFAULT-VALUE}).")
  private int overdueEvery = DEFAULTS.queue().overdueEvery();

  @Option(
      names = "--demoted-every",
      paramLabel = "N",
      description = "One of so many turns is a demoted task's (default: ${DEFAULT-VALUE}).")
  private int demotedEvery = DEFAULTS.queue().demotedEvery();

  @Option(
      names = "--prefix-blocks",
      paramLabel = "N",
      description = "Prompt blocks remembered of an instance (default: ${DEFAULT-VALUE}).")
  private int prefixBlocks = DEFAULTS.prefixBlocks();

  /// How tasks are ordered and placed with the options in force.
  ///
  /// @param policies what is set about the strategies
  SchedulingConfig config(PolicySettings policies) {
    requireStrategy(PolicyRegistry.discover(policies));
    return new SchedulingConfig(
        strategy,
        lockStrategy,
        policies,
        new QueueSettings(
            overdueAfter.duration().toMillis(),
            DEFAULTS.queue().overdueAfterMeans(),
            overdueEvery,
            demotedEvery,
            DEFAULTS.queue().mostDebtMs(),
            DEFAULTS.queue().mostClasses()),
        maxQueued,
        maxLivePerUser == null ? DEFAULTS.maxLivePerUser() : maxLivePerUser,
        mostLookAhead,
        prefixBlocks);
  }

  private void requireStrategy(PolicyRegistry known) {
    if (!strategy.isEmpty() && known.find(strategy).isEmpty()) {
      throw new CommandFailure(
          "--strategy: there is no strategy "
              + strategy
              + "; choose one of "
              + String.join(", ", known.names()));
    }
  }
}
