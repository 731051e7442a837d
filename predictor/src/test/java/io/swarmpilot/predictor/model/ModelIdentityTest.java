package io.swarmpilot.predictor.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ModelIdentityTest {
  private static final ModelIdentity ASKED =
      new ModelIdentity("gpt-3.5", "turbo", "A100", "vllm", "0.1.0");

  @Test
  void isOfItsTypeAndOfTypeAndNameJoined() {
    assertThat(ASKED.isOfType("gpt-3.5")).isTrue();
    assertThat(ASKED.isOfType("gpt-3.5-turbo")).isTrue();
    assertThat(ASKED.isOfType("gpt-3.5-turb")).isFalse();
    assertThat(ModelIdentity.ofType("gpt-3.5").isOfType("gpt-3.5-")).isFalse();
  }

  @Test
  void comparesOnlyWhatBothState() {
    ModelIdentity.Match match =
        ASKED.compare(new ModelIdentity("gpt-3.5-turbo", "", "A100", "", "0.1.0"));

    assertThat(match.isCompatible()).isTrue();
    assertThat(match.equal()).isEqualTo(3);
    assertThat(match.share()).isEqualTo(0.6);
  }

  @Test
  void weighsContradictionsByHowMuchTheyTell() {
    int version =
        ASKED.compare(new ModelIdentity("gpt-3.5", "turbo", "A100", "vllm", "9")).conflicts();
    int software =
        ASKED.compare(new ModelIdentity("gpt-3.5", "turbo", "A100", "sglang", "9")).conflicts();
    int hardware =
        ASKED.compare(new ModelIdentity("gpt-3.5", "turbo", "H100", "vllm", "0.1.0")).conflicts();
    int name =
        ASKED.compare(new ModelIdentity("gpt-3.5", "mini", "A100", "vllm", "0.1.0")).conflicts();

    assertThat(new int[] {0, version, software, hardware, name}).isSorted().doesNotHaveDuplicates();
  }
}
