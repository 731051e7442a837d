package io.swarmpilot.launcher.serve;

import io.swarmpilot.launcher.settings.TimeSpan;
import io.swarmpilot.scheduler.policy.GpuPrices;
import io.swarmpilot.scheduler.policy.PolicySettings;
import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/// Settings of single strategies.
final class PolicyOptions {
  private static final PolicySettings DEFAULTS = PolicySettings.DEFAULTS;

  @Option(
      names = "--order-base",
      paramLabel = "C",
      description =
          "proportional_deadline: factor of the predicted time with an empty queue (default:"
              + " ${DEFAULT-VALUE}).")
  private double orderBase = DEFAULTS.orderBase();

  @Option(
      names = "--order-growth",
      paramLabel = "C",
      description =
          "… its growth with the fourth power of the tasks queued a slot (default:"
              + " ${DEFAULT-VALUE}).")
  private double orderGrowth = DEFAULTS.orderGrowth();

  @Option(
      names = "--order-most",
      paramLabel = "C",
      description = "… and its greatest value (default: ${DEFAULT-VALUE}).")
  private double orderMost = DEFAULTS.orderMost();

  @Option(
      names = "--demote-below",
      paramLabel = "P",
      description =
          "Least probability to meet its objective with which a task keeps its turn (default:"
              + " ${DEFAULT-VALUE}).")
  private double demoteBelow = DEFAULTS.demoteBelow();

  @Option(
      names = "--shed",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Whether sheddable tasks end instead of being demoted (default: they do).")
  private boolean shed = DEFAULTS.shed();

  @Option(
      names = "--miss-tolerance",
      paramLabel = "P",
      description =
          "slo_probability: probability of a miss that is good enough (default: ${DEFAULT-VALUE}).")
  private double missTolerance = DEFAULTS.missTolerance();

  @Option(
      names = "--urgency-threshold",
      paramLabel = "SHARE",
      description =
          "slo_aware: share of its time used up above which a task takes the fastest instance"
              + " (default: ${DEFAULT-VALUE}).")
  private double urgencyThreshold = DEFAULTS.urgencyThreshold();

  @Option(
      names = "--price-per-gpu-hour",
      paramLabel = "PRICE",
      description =
          "cost_optimized: price of a GPU for an hour, in any currency (default: ${DEFAULT-VALUE}).")
  private double pricePerGpuHour = DEFAULTS.prices().pricePerGpuHour();

  @Option(
      names = "--hardware-prices",
      split = ",",
      paramLabel = "HARDWARE=PRICE",
      description =
          "… for hardware that has another price, such as A100=17.6,H100=38; with it a task costs"
              + " the time it is predicted to take there (default: none).")
  private Map<String, Double> hardwarePrices = new HashMap<>();

  @Option(
      names = "--cost-miss-probability",
      paramLabel = "P",
      description =
          "cost_optimized: greatest probability of a miss where there is a choice, 1 to look at"
              + " cost alone (default: ${DEFAULT-VALUE}).")
  private double costMissProbability = DEFAULTS.costMissProbability();

  @Option(
      names = "--adaptive-high",
      paramLabel = "LOAD",
      description = "adaptive: load above which it guards objectives (default: ${DEFAULT-VALUE}).")
  private double adaptiveHigh = DEFAULTS.highLoad();

  @Option(
      names = "--adaptive-high-exit",
      paramLabel = "LOAD",
      description = "… and down to which it keeps to that (default: ${DEFAULT-VALUE}).")
  private double adaptiveHighExit = DEFAULTS.highLoadExit();

  @Option(
      names = "--adaptive-low",
      paramLabel = "LOAD",
      description = "adaptive: load below which it saves cost (default: ${DEFAULT-VALUE}).")
  private double adaptiveLow = DEFAULTS.lowLoad();

  @Option(
      names = "--adaptive-low-exit",
      paramLabel = "LOAD",
      description = "… and up to which it keeps to that (default: ${DEFAULT-VALUE}).")
  private double adaptiveLowExit = DEFAULTS.lowLoadExit();

  @Option(
      names = "--adaptive-dwell",
      paramLabel = "TIME",
      converter = TimeSpan.Converter.class,
      description = "adaptive: least time between two such changes (default: ${DEFAULT-VALUE}).")
  private TimeSpan adaptiveDwell = TimeSpan.millis((long) DEFAULTS.dwellMs());

  /// What is set with the options in force.
  PolicySettings settings() {
    return new PolicySettings(
        GpuPrices.of(pricePerGpuHour, hardwarePrices),
        costMissProbability,
        urgencyThreshold,
        adaptiveHigh,
        adaptiveHighExit,
        adaptiveLow,
        adaptiveLowExit,
        adaptiveDwell.duration().toMillis(),
        orderBase,
        orderGrowth,
        orderMost,
        demoteBelow,
        missTolerance,
        shed);
  }
}
