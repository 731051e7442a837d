package io.swarmpilot.predictor.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ModelKeyTest {
  private static String key(String... members) {
    return ModelKey.of(identity(members)).text();
  }

  private static ModelIdentity identity(String... members) {
    return new ModelIdentity(members[0], members[1], members[2], members[3], members[4]);
  }

  @Test
  void namesWhatIsKnown() {
    assertThat(key("chat", "llama_3-8b", "A100", "vllm", "0.2.0"))
        .isEqualTo("chat__llama_3-8b__A100__vllm-0.2.0");
    assertThat(key("chat", "", "", "", "")).isEqualTo("chat__any__any__any-any");
  }

  @Test
  void encodesWhatCouldBeMisread() {
    assertThat(key("any", "Qwen/Qwen2.5", "_a__b_", "onnx-runtime", "1-é"))
        .isEqualTo("%61ny__Qwen%2FQwen2.5__%5Fa_%5Fb%5F__onnx%2Druntime-1-%C3%A9");
  }

  @Test
  void differsWhereIdentitiesDiffer() {
    List<String> tricky =
        List.of(
            "", "any", "a", "_", "__", "a_", "_a", "a__a", "-", "a-a", "%5F", "a_%5F", ".", "é");
    Map<String, ModelIdentity> seen = new HashMap<>();
    for (String first : tricky) {
      for (String second : tricky) {
        for (String third : tricky) {
          // The members before the last two are separated alike, so three of them tell all.
          ModelIdentity named = identity("t", first, second, third, "v");
          ModelIdentity software = identity("t", "n", first, second, third);
          assertThat(seen.put(ModelKey.of(named).text(), named)).isIn(null, named);
          assertThat(seen.put(ModelKey.of(software).text(), software)).isIn(null, software);
        }
      }
    }
  }

  @Test
  void isAFileNameWhateverTheMembers() {
    String endless = "../ü".repeat(200);
    String name = ModelKey.of(identity("..", endless, "/", "\\", "\n")).fileName();
    String other = ModelKey.of(identity("..", endless, "/", "\\", "\r")).fileName();
    assertThat(name).matches("[A-Za-z0-9._~-]{1,185}").isNotEqualTo(other);
    assertThat(ModelKey.of(ModelIdentity.ofType("a b")).fileName())
        .isEqualTo("a~20b__any__any__any-any");
  }
}
