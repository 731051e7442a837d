package io.swarmpilot.taskinstance.backend.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerLogTest {
  @TempDir private Path folder;

  @Test
  void keepsTwoFilesOfBoundedSizeAndTheLastLines() throws IOException {
    Path file = folder.resolve("a/server.log");
    try (ServerLog log = new ServerLog(file, 100)) {
      for (int i = 0; i < 100; i++) {
        log.add("line " + i);
      }
      assertThat(log.last(2)).containsExactly("line 98", "line 99");
      assertThat(log.last(1_000)).hasSize(20);
    }

    assertThat(Files.size(file)).isBetween(1L, 100L);
    assertThat(Files.readString(file)).endsWith("line 99\n");
    assertThat(Files.size(folder.resolve("a/server.log.1"))).isBetween(90L, 100L);
    assertThat(folder.resolve("a")).isDirectoryNotContaining(part -> !isLog(part));
  }

  private static boolean isLog(Path file) {
    return file.getFileName().toString().matches("server\\.log(\\.1)?");
  }

  @Test
  void goesOnBehindWhatIsThere() throws IOException {
    Path file = Files.writeString(folder.resolve("server.log"), "before\n");
    try (ServerLog log = new ServerLog(file, 100)) {
      log.add("after");
    }

    assertThat(Files.readString(file)).isEqualTo("before\nafter\n");
  }

  @Test
  void keepsTheLastLinesWhenTheDiskTakesNone() throws IOException {
    Path file = Files.writeString(folder.resolve("no-folder"), "").resolve("server.log");
    try (ServerLog log = new ServerLog(file, 100)) {
      log.add("x".repeat(1_000));

      assertThat(log.last(5)).containsExactly("x".repeat(500));
      log.startAnew();
      assertThat(log.last(5)).isEmpty();
    }
  }
}
