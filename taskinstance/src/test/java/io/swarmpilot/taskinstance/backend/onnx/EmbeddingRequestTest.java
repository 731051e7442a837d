package io.swarmpilot.taskinstance.backend.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.swarmpilot.taskinstance.backend.RunFailure;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmbeddingRequestTest {
  @Test
  void readsOneTextOrSeveralAndIgnoresTheRest() throws RunFailure {
    assertThat(EmbeddingRequest.parse("{\"x\":{\"text\":1},\"text\":\"hi\"}"))
        .isEqualTo(new EmbeddingRequest(List.of("hi"), true));
    assertThat(EmbeddingRequest.parse("{\"texts\":[\"a\",\"\"],\"text\":null}"))
        .isEqualTo(new EmbeddingRequest(List.of("a", ""), false));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | input_data.text: Field required",
        "{\"text\":null} | input_data.text: Field required",
        "{\"text\":7} | input_data.text: must be a string",
        "{\"texts\":\"a\"} | input_data.texts: must be an array of strings",
        "{\"texts\":[\"a\",[]]} | input_data.texts[1]: must be a string",
        "{\"texts\":[]} | input_data.texts: must hold 1 to 256 texts",
        "{\"text\":\"a\",\"texts\":[\"b\"]} | input_data.texts: cannot be given together with text",
        "{\"text\":\"a\" | input_data: is not valid JSON",
        "[] | input_data: must be a JSON object"
      })
  void namesTheFieldThatIsWrong(String input, String message) {
    assertThat(refused(input).message()).isEqualTo(message);
  }

  @Test
  void boundsTheNumberAndTheSizeOfTexts() throws RunFailure {
    String most = "{\"texts\":[" + "\"a\",".repeat(255) + "\"a\"]}";
    assertThat(EmbeddingRequest.parse(most).texts()).hasSize(256);
    assertThat(refused(most.replace("]}", ",\"a\"]}")).message())
        .isEqualTo("input_data.texts: must hold 1 to 256 texts");

    String mebibyte = "é".repeat(1 << 19);
    assertThat(EmbeddingRequest.parse("{\"text\":\"" + mebibyte + "\"}").texts()).hasSize(1);
    assertThat(refused("{\"text\":\"" + mebibyte + "a\"}").message())
        .isEqualTo("input_data.text: must have at most 1048576 bytes");
    assertThat(refused("{\"texts\":[\"" + mebibyte + "\",\"a\"]}").message())
        .isEqualTo("input_data.texts: must have at most 1048576 bytes");
  }

  private static RunFailure refused(String input) {
    RunFailure failure =
        catchThrowableOfType(RunFailure.class, () -> EmbeddingRequest.parse(input));
    assertThat(failure.kind()).isEqualTo(RunFailure.Kind.INVALID_INPUT);
    return failure;
  }
}
