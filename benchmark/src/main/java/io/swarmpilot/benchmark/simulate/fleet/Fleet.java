package io.swarmpilot.benchmark.simulate.fleet;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import io.swarmpilot.benchmark.simulate.latency.HardwareLatency;
import io.swarmpilot.benchmark.simulate.latency.Latencies;
import java.util.List;

/// Replicas of one model.
///
/// @param kinds the kinds of hardware among them
/// @param kindOf which kind each replica is
/// @param slots tasks that run at the same moment on each; above 1 they are batched
/// @param cacheBlocks prefix blocks that each keeps, the least recently used go; 0 for no cache
public record Fleet(
    ImmutableList<HardwareLatency> kinds, ImmutableIntArray kindOf, int slots, int cacheBlocks) {
  /// Most replicas.
  public static final int MOST = 4_096;

  private static final int MOST_SLOTS = 1_024;

  /// The fleet that `a100:16,h100:16` means.
  ///
  /// @throws IllegalArgumentException when it cannot be read
  public static Fleet parse(
      String text, String model, Latencies latencies, int slots, int cacheBlocks) {
    require(slots >= 1 && slots <= MOST_SLOTS, "--slots must be 1 to " + MOST_SLOTS);
    require(cacheBlocks >= 0, "--cache-blocks must not be negative");
    ImmutableList.Builder<HardwareLatency> kinds = ImmutableList.builder();
    ImmutableIntArray.Builder kindOf = ImmutableIntArray.builder();
    int kind = 0;
    int replicas = 0;
    for (String group : Splitter.on(',').trimResults().omitEmptyStrings().split(text)) {
      List<String> parts = Splitter.on(':').splitToList(group);
      require(parts.size() == 2, "--fleet: '" + group + "' is not HARDWARE:NUMBER");
      int count = count(group, parts.get(1));
      replicas += count;
      require(replicas <= MOST, "--fleet: more than " + MOST + " replicas");
      kinds.add(latencies.of(model, parts.getFirst()));
      for (int i = 0; i < count; i++) {
        kindOf.add(kind);
      }
      kind++;
    }
    require(replicas > 0, "--fleet has no replicas; a100:16,h100:16 is a fleet");
    return new Fleet(kinds.build(), kindOf.build(), slots, cacheBlocks);
  }

  /// Number of replicas.
  public int size() {
    return kindOf.length();
  }

  /// How fast a replica is.
  public HardwareLatency latency(int replica) {
    return kinds.get(kindOf.get(replica));
  }

  /// Least time a task takes that has a replica to itself, ms.
  public double aloneMs(int inputTokens, int outputTokens) {
    double least = Double.POSITIVE_INFINITY;
    for (HardwareLatency kind : kinds) {
      least = Math.min(least, kind.aloneMs(inputTokens, outputTokens));
    }
    return least;
  }

  private static int count(String group, String text) {
    try {
      int count = Integer.parseInt(text);
      require(count >= 1 && count <= MOST, "--fleet: '" + group + "' has no 1 to " + MOST);
      return count;
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "--fleet: '" + text + "' in '" + group + "' is no number", e);
    }
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
