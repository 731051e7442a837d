package io.swarmpilot.taskinstance.backend.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MergedAnswerTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"content\":\"a\"} | {\"content\":\"b\"} | {\"content\":\"ab\"}",
        "{\"content\":null} | {\"content\":\"b\"} | {\"content\":\"b\"}",
        "{\"content\":\"a\"} | {\"content\":null} | {\"content\":\"a\"}",
        "{\"role\":\"assistant\"} | {\"role\":\"assistant\"} | {\"role\":\"assistant\"}",
        "{\"n\":1} | {\"n\":2.50} | {\"n\":2.50}",
        "{\"a\":[{\"index\":1,\"text\":\"x\"}]} | {\"a\":[{\"index\":0,\"text\":\"y\"},{\"index\":1,\"text\":\"z\"}]}"
            + " | {\"a\":[{\"index\":1,\"text\":\"xz\"},{\"index\":0,\"text\":\"y\"}]}",
        "{\"tokens\":[1,2]} | {\"tokens\":[3]} | {\"tokens\":[1,2,3]}",
        "{\"o\":{\"a\":1}} | {\"o\":{\"b\":2}} | {\"o\":{\"a\":1,\"b\":2}}"
      })
  void joinsOutputAndKeepsTheLastOfAllElse(String first, String second, String whole) {
    assertThat(merge(first, second)).isEqualTo(whole);
  }

  @Test
  void keepsEveryDigit() {
    String exact = "{\"logprob\":-0.1234567890123456789012345}";

    assertThat(merge(exact, exact)).isEqualTo(exact);
  }

  private static String merge(String... pieces) {
    MergedAnswer answer = new MergedAnswer();
    for (String piece : pieces) {
      answer.add(EngineJson.parse(piece).orElseThrow());
    }
    return EngineJson.write(answer.toObject());
  }
}
