package io.swarmpilot.scheduler.policy;

/// What operators can set about the built-in policies.
///
/// @param prices of GPUs; source: the seeds' `CostOptimizedPolicy`, 1 for all
/// @param costMissProbability where `cost_optimized` has the choice it takes only instances on
///   which the task misses its objective with at most this probability; 1 to look at cost alone
/// @param urgencyThreshold urgency above which `slo_aware` takes the fastest instance instead of
///   the least loaded; source: the seeds, 0.7
/// @param highLoad load above which `adaptive` guards objectives; source: the seeds, 0.8
/// @param highLoadExit load at which it stops to, below `highLoad`
/// @param lowLoad load below which `adaptive` saves cost; source: the seeds, 0.3
/// @param lowLoadExit load at which it stops to, above `lowLoad`
/// @param dwellMs least time `adaptive` stays with a choice that load alone has led to
/// @param orderBase c of `arrival + c × predicted time` in `proportional_deadline` with an empty
///   queue; source: our simulations, 6
/// @param orderGrowth by how much c grows with the fourth power of the tasks queued a slot, 4
/// @param orderMost greatest c, 300
/// @param demoteBelow least probability to meet its objective with which a task keeps its turn; 0.3
/// @param missTolerance ε of `slo_probability`: a candidate that misses with at most this
///   probability is good enough
/// @param shed whether tasks that may be shed are shed rather than demoted
public record PolicySettings(
    GpuPrices prices,
    double costMissProbability,
    double urgencyThreshold,
    double highLoad,
    double highLoadExit,
    double lowLoad,
    double lowLoadExit,
    double dwellMs,
    double orderBase,
    double orderGrowth,
    double orderMost,
    double demoteBelow,
    double missTolerance,
    boolean shed) {
  /// What is used unless set otherwise.
  public static final PolicySettings DEFAULTS =
      new PolicySettings(
          GpuPrices.of(1), 1.0, 0.7, 0.8, 0.7, 0.3, 0.35, 1_000, 6, 4, 300, 0.3, 0.05, true);

  /// Checks the bounds.
  public PolicySettings {
    require(isShare(costMissProbability), "costMissProbability", "0 to 1");
    require(isShare(urgencyThreshold), "urgencyThreshold", "0 to 1");
    require(isShare(highLoad), "highLoad", "0 to 1");
    require(highLoadExit >= 0 && highLoadExit <= highLoad, "highLoadExit", "0 to highLoad");
    require(isShare(lowLoad), "lowLoad", "0 to 1");
    require(lowLoadExit >= lowLoad && lowLoadExit <= 1, "lowLoadExit", "lowLoad to 1");
    require(dwellMs >= 0 && dwellMs < 1e9, "dwellMs", "0 to 1e9");
    require(orderBase >= 0 && orderBase < 1e6, "orderBase", "0 to 1e6");
    require(orderGrowth >= 0 && orderGrowth < 1e6, "orderGrowth", "0 to 1e6");
    require(orderMost >= orderBase && orderMost < 1e6, "orderMost", "orderBase to 1e6");
    require(isShare(demoteBelow), "demoteBelow", "0 to 1");
    require(isShare(missTolerance), "missTolerance", "0 to 1");
  }

  /// The same with other prices, and another greatest risk that `cost_optimized` takes.
  public PolicySettings withCosts(GpuPrices otherPrices, double probability) {
    return new PolicySettings(
        otherPrices,
        probability,
        urgencyThreshold,
        highLoad,
        highLoadExit,
        lowLoad,
        lowLoadExit,
        dwellMs,
        orderBase,
        orderGrowth,
        orderMost,
        demoteBelow,
        missTolerance,
        shed);
  }

  private static boolean isShare(double value) {
    return value >= 0 && value <= 1;
  }

  private static void require(boolean condition, String name, String expected) {
    if (!condition) {
      throw new IllegalArgumentException(name + " (expected: " + expected + ")");
    }
  }
}
