package io.swarmpilot.taskinstance.backend.onnx;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The expected ids come from the model's own reference tokenizer, cut at 512 tokens.
class WordPieceTokenizerTest {
  private static final WordPieceTokenizer tokenizer = tokenizer();

  static Stream<JsonNode> cases() throws IOException {
    try (InputStream file = resource("/wordpiece-cases.json")) {
      return StreamSupport.stream(new JsonMapper().readTree(file).spliterator(), false);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void givesTheIdsOfTheReference(JsonNode nasty) {
    int[] expected =
        StreamSupport.stream(nasty.path("ids").spliterator(), false)
            .mapToInt(JsonNode::intValue)
            .toArray();

    assertThat(tokenizer.encode(nasty.path("text").textValue(), 512)).containsExactly(expected);
  }

  @Test
  void cutsAtTheBoundAndKeepsTheFrame() {
    assertThat(tokenizer.encode("one two three four", 4)).containsExactly(101, 2028, 2048, 102);
    assertThat(tokenizer.encode("unaffable", 4)).containsExactly(101, 14477, 20961, 102);
    assertThat(tokenizer.encode("one two", 2)).containsExactly(101, 102);
  }

  @Test
  void dropsHalvesOfSurrogatePairs() {
    assertThat(tokenizer.encode("a\ud800b", 512)).containsExactly(101, 11113, 102);
  }

  private static WordPieceTokenizer tokenizer() {
    try (InputStream file = resource("/all-minilm-l6-v2-q-tokenizer.json")) {
      return TokenizerFile.read(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream resource(String name) {
    return requireNonNull(WordPieceTokenizerTest.class.getResourceAsStream(name), name);
  }
}
