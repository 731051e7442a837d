package io.swarmpilot.predictor.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  private static final byte[] OLD = "old".getBytes(StandardCharsets.UTF_8);
  private static final byte[] NEW = "new and longer".getBytes(StandardCharsets.UTF_8);

  @TempDir private Path home;

  @Test
  void replacesAFileAsAWhole() throws IOException {
    Path file = home.resolve("file");
    AtomicFile.write(file, out -> out.write(OLD));
    AtomicFile.write(
        file,
        out -> {
          out.write(NEW);
          assertThat(file).hasBinaryContent(OLD);
        });

    assertThat(file).hasBinaryContent(NEW);
    assertThat(names()).containsExactly("file");
  }

  @Test
  void leavesNothingBehindWhenWritingFails() throws IOException {
    Path file = home.resolve("file");
    AtomicFile.write(file, out -> out.write(OLD));

    assertThatIOException()
        .isThrownBy(() ->
            AtomicFile.write(
                file,
                out -> {
                  out.write(NEW);
                  throw new IOException("disk full");
                }))
        .withMessage("disk full");

    assertThat(file).hasBinaryContent(OLD);
    assertThat(names()).containsExactly("file");
  }

  @Test
  void removesWhatWasLeftUnfinishedAndNothingElse() throws IOException {
    Files.write(home.resolve(".x.unfinished"), OLD);
    Files.write(home.resolve("x.unfinished"), OLD);
    Files.write(home.resolve(".hidden"), OLD);

    AtomicFile.removeUnfinished(home);

    assertThat(names()).containsExactlyInAnyOrder("x.unfinished", ".hidden");
  }

  private Stream<String> names() throws IOException {
    try (Stream<Path> files = Files.list(home)) {
      return files.map(file -> file.getFileName().toString()).toList().stream();
    }
  }
}
