package io.swarmpilot.benchmark.prompts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.base.Splitter;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SyntheticPromptsTest {
  @Test
  void lengthsAreAsWanted() {
    PromptSource prompts = SyntheticPrompts.of(Length.normal(200, 40), Length.constant(50));
    double mean =
        IntStream.range(0, 2_000)
            .mapToObj(i -> prompts.prompt(i, new SplittableRandom(i)))
            .peek(prompt -> assertThat(words(prompt.text())).isEqualTo(prompt.inputTokens()))
            .peek(prompt -> assertThat(prompt.outputTokens()).isEqualTo(50))
            .mapToInt(Prompt::inputTokens)
            .average()
            .orElse(0);
    assertThat(mean).isCloseTo(200, within(4.0));
  }

  @Test
  void aSharedPrefixIsShared() {
    PromptSource prompts =
        SyntheticPrompts.of(Length.constant(10), Length.constant(5))
            .withSharedPrefix(100, new SplittableRandom(1));
    Prompt first = prompts.prompt(0, new SplittableRandom(2));
    Prompt second = prompts.prompt(1, new SplittableRandom(3));
    assertThat(first.inputTokens()).isEqualTo(110);
    assertThat(words(first.text())).isEqualTo(110);
    assertThat(first.text()).isNotEqualTo(second.text());
    assertThat(first.text().substring(0, 300)).isEqualTo(second.text().substring(0, 300));
  }

  @Test
  void refusesLengthsThatCannotBe() {
    assertThatThrownBy(() -> Length.constant(0)).hasMessageContaining("1,000,000");
    assertThatThrownBy(() -> new Length(5, -1, 1, 10)).hasMessageContaining("deviation");
    assertThatThrownBy(() -> new Length(50, 1, 1, 10)).hasMessageContaining("mean");
  }

  private static int words(String text) {
    return Splitter.on(' ').splitToList(text).size();
  }
}
