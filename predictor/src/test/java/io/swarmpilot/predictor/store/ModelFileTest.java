package io.swarmpilot.predictor.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.swarmpilot.predictor.model.ModelIdentity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFileTest {
  private static final StoredModel STORED =
      new StoredModel(
          new ModelIdentity("chat", "Qwen/\"2.5\"", "", "vllm", "0.2.0"),
          3,
          new FixedModel(4.5, 120),
          Origin.LIVE,
          1_790_000_000.25);

  private final ModelFile format = new ModelFile(FixedModel.CODEC);

  @TempDir private Path home;

  @Test
  void givesBackWhatWasWritten() throws IOException {
    Path file = write(bytes());

    assertThat(format.read(file)).isEqualTo(STORED);
    assertThat(ModelFile.readHeader(file)).isEqualTo(ModelHeader.of(STORED));
  }

  @Test
  void refusesAFileCutShortAnywhere() throws IOException {
    byte[] whole = bytes();
    for (int length = 0; length < whole.length; length++) {
      Path file = write(Arrays.copyOf(whole, length));
      assertThatExceptionOfType(ModelFileException.class)
          .as("of %d bytes", length)
          .isThrownBy(() -> format.read(file));
    }
  }

  @Test
  void refusesAFileWithAnyByteChanged() throws IOException {
    byte[] whole = bytes();
    for (int i = 0; i < whole.length; i++) {
      byte[] garbled = whole.clone();
      garbled[i] ^= 0x10;
      Path file = write(garbled);
      assertThatExceptionOfType(ModelFileException.class)
          .as("byte %d", i)
          .isThrownBy(() -> format.read(file));
    }
  }

  @Test
  void saysWhatIsWrong() throws IOException {
    byte[] newer = bytes();
    newer[11] = 2;
    assertRefused(newer, "it has format 2, and this version reads format 1");
    assertRefused(
        "not a model, but long enough".getBytes(StandardCharsets.UTF_8), "it is no model file");
    byte[] garbled = bytes();
    garbled[garbled.length - 40] ^= 1;
    assertRefused(garbled, "it is damaged: its checksum does not fit");
    assertRefused(Arrays.copyOf(bytes(), 30), "it has 30 bytes and should have " + bytes().length);
  }

  private void assertRefused(byte[] bytes, String message) throws IOException {
    Path file = write(bytes);
    assertThatExceptionOfType(ModelFileException.class)
        .isThrownBy(() -> format.read(file))
        .withMessage(message);
  }

  private byte[] bytes() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    format.write(STORED, out);
    return out.toByteArray();
  }

  private Path write(byte[] bytes) throws IOException {
    return Files.write(home.resolve("file"), bytes);
  }
}
