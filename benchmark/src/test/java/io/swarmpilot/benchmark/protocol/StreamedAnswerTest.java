package io.swarmpilot.benchmark.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmpilot.benchmark.measure.Failure;
import io.swarmpilot.benchmark.measure.Usage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Streams as servers send them, cut anywhere.
class StreamedAnswerTest {
  private static final String CHAT =
      """
      : ping

      data: {"choices":[{"index":0,"delta":{"role":"assistant","content":""}}]}

      data: {"choices":[{"index":0,"delta":{"reasoning_content":"hm"}}]}

      data: {"choices":[{"index":0,"delta":{"content":"größer"}}]}

      data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

      data: {"choices":[],"usage":{"prompt_tokens":9,"completion_tokens":5,\
      "prompt_tokens_details":{"cached_tokens":4},"completion_tokens_details":{"reasoning_tokens":2}}}

      data: [DONE]

      """;

  private final Pieces pieces = new Pieces();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 64, 100_000})
  void piecesAreThoseWithOutputHoweverBytesAreCut(int length) throws AnswerException {
    Usage usage = read(new SseAnswer(), CHAT, length);
    assertThat(pieces.times).hasSize(2);
    assertThat(usage).isEqualTo(new Usage(9, 5, 4, 2, true));
  }

  @Test
  void withoutUsagePiecesAreCounted() throws AnswerException {
    Usage usage =
        read(
            new SseAnswer(),
            """
            data: {"choices":[{"text":"a","finish_reason":null}]}

            data: {"choices":[{"text":"b","finish_reason":"length"}]}

            """,
            10);
    assertThat(usage).isEqualTo(Usage.counted(2));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]} | TRUNCATED",
        "data: {\"error\":{\"message\":\"out of memory\"}} | IN_STREAM",
        "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]} | EMPTY",
        "data: no json | IN_STREAM",
        "data: [DONE] | EMPTY",
      })
  void aStreamThatIsNoAnswerIsAFailure(String event, Failure.Kind kind) {
    assertThatThrownBy(() -> read(new SseAnswer(), event + "\n\n", 5))
        .isInstanceOfSatisfying(
            AnswerException.class, thrown -> assertThat(thrown.failure().kind()).isEqualTo(kind));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"response\":\"a\",\"done\":false} | TRUNCATED",
        "{\"error\":\"model not found\"} | IN_STREAM",
        "{\"response\":\"\",\"done\":true} | EMPTY",
      })
  void soItIsForOllama(String line, Failure.Kind kind) {
    assertThatThrownBy(() -> read(new NdjsonAnswer(), line + "\n", 5))
        .isInstanceOfSatisfying(
            AnswerException.class, thrown -> assertThat(thrown.failure().kind()).isEqualTo(kind));
  }

  private Usage read(Dialect.Answer answer, String text, int length) throws AnswerException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (int from = 0; from < bytes.length; from += length) {
      answer.bytes(
          Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + length)), from, pieces);
    }
    return answer.end(bytes.length, pieces);
  }

  private static final class Pieces implements Reply {
    private final List<Long> times = new ArrayList<>();

    @Override
    public void sent(long nanos) {}

    @Override
    public void output(long nanos) {
      times.add(nanos);
    }

    @Override
    public void done(long nanos, Usage usage) {}

    @Override
    public void failed(long nanos, Failure failure) {}
  }
}
