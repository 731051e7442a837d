package io.swarmpilot.taskinstance.backend.onnx.speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetokenizerTest {
  private static final int HELLO = 6;
  private static final int MESH = 7;
  private static final int MARK = 8;
  // The three bytes of the euro sign.
  private static final int[] EURO = {3, 4, 5};

  private final Vocabulary vocabulary =
      new Vocabulary(
          List.of("<unk>", "<s>", "</s>", "<0xE2>", "<0x82>", "<0xAC>", "▁Hello", "▁mesh", "!"));
  private final Detokenizer detokenizer = new Detokenizer(vocabulary);

  @Test
  void putsPiecesTogetherWithoutTheFirstSpace() {
    assertThat(detokenizer.add(HELLO)).isEqualTo("Hello");
    assertThat(detokenizer.add(MESH)).isEqualTo(" mesh");
    assertThat(detokenizer.add(MARK)).isEqualTo("!");
    assertThat(detokenizer.end()).isEmpty();
    assertThat(detokenizer.text()).isEqualTo("Hello mesh!");
  }

  @Test
  void givesACharacterOutWhenItIsWhole() {
    assertThat(detokenizer.add(EURO[0])).isEmpty();
    assertThat(detokenizer.add(EURO[1])).isEmpty();
    assertThat(detokenizer.add(EURO[2])).isEqualTo("€");
    assertThat(detokenizer.add(MARK)).isEqualTo("!");
    assertThat(detokenizer.text()).isEqualTo("€!");
  }

  @Test
  void marksACharacterThatNeverBecameWhole() {
    assertThat(detokenizer.add(EURO[0])).isEmpty();
    assertThat(detokenizer.add(HELLO)).isEqualTo("\uFFFD Hello");
    assertThat(detokenizer.add(EURO[0])).isEmpty();
    assertThat(detokenizer.end()).isEqualTo("\uFFFD");
    assertThat(detokenizer.text()).isEqualTo("\uFFFD Hello\uFFFD");
  }

  @Test
  void hearsNothingInMarksAndUnknownNumbers() {
    for (int token : new int[] {0, 1, 2, 9, 32_767}) {
      assertThat(detokenizer.add(token)).as("token %d", token).isEmpty();
    }
  }

  @Test
  void saysThatAFileHoldsNoVocabulary(@TempDir Path directory) throws IOException {
    Path script = Files.writeString(directory.resolve("script.js"), "const nothing = 1");

    assertThatThrownBy(() -> Vocabulary.read(script))
        .isInstanceOf(IOException.class)
        .hasMessageEndingWith("script.js holds no vocabulary");
  }
}
