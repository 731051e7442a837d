package io.swarmpilot.scheduler.prefix;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.primitives.ImmutableLongArray;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Blocks of prompts against texts cut by hand.
final class PromptBlocksTest {
  private static final String[] SIGNS = {"a", "b", " ", "é", "ß", "漢", "字", "😀", "𝄞"};

  @Test
  void equalHashesAreEqualLeadingBlocks() {
    for (long seed = 0; seed < 300; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      String one = text(random, random.nextInt(8_000));
      int same = random.nextInt(one.length() + 1);
      String other = one.substring(0, same) + "≠" + text(random, random.nextInt(8_000));
      assertThat(leadingEqual(PromptBlocks.of(one), PromptBlocks.of(other)))
          .as("seed %d", seed)
          .isEqualTo(fullBlocks(one, same));
      assertThat(PromptBlocks.of(one).length())
          .as("seed %d", seed)
          .isEqualTo(Math.min(64, fullBlocks(one, one.length())));
    }
  }

  /// Blocks of at least 2,048 bytes that end at or before a position.
  private static int fullBlocks(String text, int end) {
    int blocks = 0;
    int bytes = 0;
    for (int i = 0; i < end; i++) {
      String sign = text.substring(i, i + 1);
      boolean half = Character.isSurrogate(text.charAt(i));
      bytes += half ? 2 : sign.getBytes(StandardCharsets.UTF_8).length;
      if (bytes >= 2_048) {
        blocks++;
        bytes = 0;
      }
    }
    return blocks;
  }

  @Test
  void blocksInAnotherOrderHashDifferently() {
    String a = "a".repeat(2_048);
    String b = "b".repeat(2_048);
    Set<Long> hashes = new HashSet<>();
    PromptBlocks.of(a + b + a).forEach(hashes::add);
    PromptBlocks.of(b + a + b).forEach(hashes::add);
    PromptBlocks.of(a + a + a).forEach(hashes::add);
    assertThat(hashes).as("only the first block of two is shared").hasSize(8);
  }

  @Test
  void whatDoesNotFillABlockHasNoHash() {
    assertThat(PromptBlocks.of("").length()).isZero();
    assertThat(PromptBlocks.of("x".repeat(2_047)).length()).isZero();
    assertThat(PromptBlocks.of("x".repeat(2_048)).length()).isEqualTo(1);
    assertThat(PromptBlocks.of("漢".repeat(683)).length()).isEqualTo(1);
  }

  @Test
  void longPromptsAreCut() {
    assertThat(PromptBlocks.of("x".repeat(64 * 2_048)).length()).isEqualTo(64);
    assertThat(PromptBlocks.of("x".repeat(1_000_000)).length()).isEqualTo(PromptBlocks.MOST);
  }

  private static int leadingEqual(ImmutableLongArray one, ImmutableLongArray other) {
    int n = 0;
    while (n < one.length() && n < other.length() && one.get(n) == other.get(n)) {
      n++;
    }
    return n;
  }

  private static String text(SplittableRandom random, int signs) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < signs; i++) {
      text.append(SIGNS[random.nextInt(SIGNS.length)]);
    }
    return text.toString();
  }
}
