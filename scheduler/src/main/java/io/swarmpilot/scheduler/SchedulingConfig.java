package io.swarmpilot.scheduler;

import io.swarmpilot.scheduler.policy.PolicySettings;
import io.swarmpilot.scheduler.queue.QueueSettings;

/// How a scheduler orders and places tasks.
///
/// @param strategy name of the strategy in force at start, "" for the default
/// @param lockStrategy whether the `strategy` that tasks ask for in their metadata is ignored
/// @param policies what can be set about the strategies
/// @param queue how tasks wait in the central queues
/// @param maxQueued most tasks waiting in the central queue of a model
/// @param maxLivePerUser most live tasks of one `user_id`
/// @param mostLookAhead most tasks an instance is given beyond its slots where handing them over
///   takes long compared with executing them
/// @param prefixBlocks blocks of prompts remembered of each instance, 2 to 65,536; at most 22 bytes
///   each
public record SchedulingConfig(
    String strategy,
    boolean lockStrategy,
    PolicySettings policies,
    QueueSettings queue,
    int maxQueued,
    int maxLivePerUser,
    int mostLookAhead,
    int prefixBlocks) {
  /// What is used unless set otherwise: no quota, no lock.
  public static final SchedulingConfig DEFAULTS =
      new SchedulingConfig(
          "",
          false,
          PolicySettings.DEFAULTS,
          QueueSettings.DEFAULTS,
          100_000,
          Integer.MAX_VALUE,
          16,
          4_096);

  /// Checks the bounds.
  public SchedulingConfig {
    requirePositive("maxQueued", maxQueued);
    requirePositive("maxLivePerUser", maxLivePerUser);
    if (mostLookAhead < 0 || mostLookAhead > 1_024) {
      throw new IllegalArgumentException(
          "mostLookAhead: " + mostLookAhead + " (expected: 0 to 1024)");
    }
    if (prefixBlocks < 2 || prefixBlocks > 65_536) {
      throw new IllegalArgumentException(
          "prefixBlocks: " + prefixBlocks + " (expected: 2 to 65536)");
    }
  }

  /// The same, starting with another strategy.
  public SchedulingConfig withStrategy(String name) {
    return new SchedulingConfig(
        name,
        lockStrategy,
        policies,
        queue,
        maxQueued,
        maxLivePerUser,
        mostLookAhead,
        prefixBlocks);
  }

  private static void requirePositive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: > 0)");
    }
  }
}
