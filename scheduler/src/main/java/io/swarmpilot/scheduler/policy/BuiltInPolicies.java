package io.swarmpilot.scheduler.policy;

import java.util.List;
import java.util.function.Supplier;

/// The policies that come with the scheduler: those of the seeds, then ours.
final class BuiltInPolicies {
  private BuiltInPolicies() {}

  static List<Supplier<Policy>> all(PolicySettings settings) {
    return List.of(
        ShortestQueue::new,
        RoundRobin::new,
        Weighted::new,
        Probabilistic::new,
        Fifo::new,
        PriorityFirst::new,
        () -> new SloAware(settings),
        () -> new CostOptimized(settings),
        () -> new Adaptive(settings),
        () -> new ProportionalDeadline(settings),
        () -> new EarliestDeadline(settings),
        ShortestRemaining::new,
        LongestFirst::new,
        MinCompletion::new,
        () -> new SloProbability(settings),
        PowerOfTwo::new,
        LeastRequests::new,
        RandomChoice::new,
        PrefixAffinity::new);
  }
}
