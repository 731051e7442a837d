package io.swarmpilot.scheduler.policy;

import com.google.common.collect.ImmutableMap;

/// Takes the instance that has seen most of the prompt lately, as long as it is not much busier
/// than the others; otherwise the one expected to complete the task first.
///
/// Never by cached blocks alone: all prompts that begin alike share their first block, and would
/// all go to one instance. So an instance keeps its attraction only while it has a free slot and is
/// at most a quarter busier than the fleet, plus one task; and a hit of less than a quarter of the
/// prompt saves less than the imbalance costs, and counts as none. Source: consistent hashing with
/// bounded loads.
public final class PrefixAffinity implements Policy {
  private static final double LEAST_HIT_SHARE = 0.25;
  private static final double LOAD_BOUND = 1.25;

  @Override
  public String name() {
    return "prefix_affinity";
  }

  /// Below 0 for an instance with affinity, less for more cached blocks and then for an earlier
  /// completion; for others the expected completion, which is not negative.
  @Override
  public double score(WaitingTask task, Candidates candidates, int index, PoolView pool) {
    double completion = Completion.mean(candidates, index);
    return attracts(task, candidates, index, pool)
        ? completion / (1 + completion) - 1 - candidates.cachedBlocks(index)
        : completion;
  }

  /// An instance with the prompt's blocks may be none of the most promising by time.
  @Override
  public boolean needsWholeFleet() {
    return true;
  }

  @Override
  public Explanation explain(WaitingTask task, Candidates candidates, int chosen, PoolView pool) {
    String reason =
        attracts(task, candidates, chosen, pool)
            ? "prefix_affinity: most of the prompt cached"
            : "prefix_affinity: no free instance knows the prompt, expected to complete first";
    return new Explanation(
        reason,
        Objectives.chance(task, candidates, chosen, pool),
        0,
        ImmutableMap.of(
            "cached_blocks", Integer.toString(candidates.cachedBlocks(chosen)),
            "prompt_blocks", Integer.toString(task.prefix().length())));
  }

  private static boolean attracts(
      WaitingTask task, Candidates candidates, int index, PoolView pool) {
    int cached = candidates.cachedBlocks(index);
    return cached > 0
        && cached >= LEAST_HIT_SHARE * task.prefix().length()
        && candidates.outstanding(index) < candidates.slots(index)
        && candidates.load(index) <= LOAD_BOUND * pool.load() + 1.0 / candidates.slots(index)
        && Completion.mean(candidates, index) < Double.POSITIVE_INFINITY;
  }
}
