package io.swarmpilot.scheduler.prefix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.primitives.ImmutableLongArray;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// What is remembered against plain lists of everything that was sent.
final class PrefixIndexTest {
  @Test
  void theBlocksUsedLastAreRemembered() {
    for (long seed = 0; seed < 200; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int most = 2 + random.nextInt(40);
      PrefixIndex index = new PrefixIndex(most);
      Map<Long, List<Long>> used = new HashMap<>();
      for (int step = 0; step < 100; step++) {
        long instance = random.nextInt(5) * 1_000_000_007L;
        ImmutableLongArray prefix = prefix(random, most / 2);
        if (random.nextInt(30) == 0) {
          index.forget(instance);
          used.remove(instance);
        } else {
          index.sent(instance, prefix);
          use(used.computeIfAbsent(instance, i -> new ArrayList<>()), prefix);
        }
        checkRecency(index, instance, used.getOrDefault(instance, List.of()), most, seed);
        checkLeading(index, instance, prefix(random, 10), seed);
      }
    }
  }

  /// Moves blocks to the front, the first one foremost.
  private static void use(List<Long> recent, ImmutableLongArray prefix) {
    for (int i = prefix.length() - 1; i >= 0; i--) {
      recent.remove(prefix.get(i));
      recent.addFirst(prefix.get(i));
    }
  }

  /// What is held is a beginning of the list, between half and all of what is allowed.
  private static void checkRecency(
      PrefixIndex index, long instance, List<Long> recent, int most, long seed) {
    int held = 0;
    while (held < recent.size() && holds(index, instance, recent.get(held))) {
      held++;
    }
    assertThat(held).as("held, seed %d", seed).isBetween(Math.min(recent.size(), most / 2), most);
    assertThat(recent.subList(held, recent.size()).stream())
        .as("dropped, seed %d", seed)
        .noneMatch(block -> holds(index, instance, block));
  }

  private static void checkLeading(
      PrefixIndex index, long instance, ImmutableLongArray prefix, long seed) {
    long expected =
        prefix.asList().stream().takeWhile(block -> holds(index, instance, block)).count();
    assertThat(index.leadingHits(instance, prefix)).as("seed %d", seed).isEqualTo((int) expected);
  }

  private static boolean holds(PrefixIndex index, long instance, long block) {
    return index.leadingHits(instance, ImmutableLongArray.of(block)) == 1;
  }

  @Test
  void theBeginningOfAPromptOutlivesItsEnd() {
    PrefixIndex index = new PrefixIndex(8);
    ImmutableLongArray prompt = ImmutableLongArray.of(1, 2, 3, 4);
    index.sent(1, ImmutableLongArray.of(11, 12));
    index.sent(1, prompt);
    index.sent(1, ImmutableLongArray.of(21));
    assertThat(index.leadingHits(1, prompt)).as("all fit").isEqualTo(4);
    index.sent(1, ImmutableLongArray.of(22));
    assertThat(index.leadingHits(1, prompt)).as("its end is forgotten").isEqualTo(2);
  }

  @Test
  void ofAPromptThatDoesNotFitTheBeginningIsKept() {
    PrefixIndex index = new PrefixIndex(8);
    ImmutableLongArray prompt = ImmutableLongArray.of(1, 2, 3, 4, 5, 6);
    index.sent(1, prompt);
    assertThat(index.leadingHits(1, prompt)).isEqualTo(4);
  }

  @Test
  void manyBlocksOfManyInstancesAreKeptApart() {
    PrefixIndex index = new PrefixIndex(10_000);
    long[] instances = new SplittableRandom(1).longs(100, 0, 1L << 40).distinct().toArray();
    for (long instance : instances) {
      index.sent(instance, blocks(instance, 1_000));
    }
    for (long instance : instances) {
      assertThat(index.leadingHits(instance, blocks(instance, 1_000))).isEqualTo(1_000);
      assertThat(index.leadingHits(instance, blocks(instance + 1_000, 1_000))).isZero();
    }
    index.forget(instances[50]);
    assertThat(index.leadingHits(instances[50], blocks(instances[50], 1_000))).isZero();
    assertThat(index.leadingHits(instances[51], blocks(instances[51], 1_000))).isEqualTo(1_000);
  }

  private static ImmutableLongArray blocks(long from, int count) {
    return ImmutableLongArray.copyOf(LongStream.range(from, from + count));
  }

  @Test
  void anyNumberIsAHash() {
    PrefixIndex index = new PrefixIndex(100);
    ImmutableLongArray odd = ImmutableLongArray.of(0, -1, Long.MIN_VALUE, Long.MAX_VALUE);
    assertThat(index.leadingHits(0, odd)).isZero();
    index.sent(0, odd);
    assertThat(index.leadingHits(0, odd)).isEqualTo(4);
    assertThat(index.leadingHits(0, ImmutableLongArray.of(1))).isZero();
  }

  @Test
  void aPromptWithoutBlocksIsNothing() {
    PrefixIndex index = new PrefixIndex(100);
    index.sent(0, ImmutableLongArray.of());
    assertThat(index.leadingHits(0, ImmutableLongArray.of())).isZero();
    index.forget(0);
  }

  @Test
  void boundsAreChecked() {
    for (int bad : new int[] {-1, 0, 1, (1 << 24) + 1}) {
      assertThatThrownBy(() -> new PrefixIndex(bad)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static ImmutableLongArray prefix(SplittableRandom random, int most) {
    return ImmutableLongArray.copyOf(random.longs(random.nextInt(most + 1), 0, 60));
  }
}
