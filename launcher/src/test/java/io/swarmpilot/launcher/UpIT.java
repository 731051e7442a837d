package io.swarmpilot.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmpilot.client.MeshClient;
import io.swarmpilot.client.Submission;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `up` as a process of its own, from the packaged layout.
@Timeout(180)
class UpIT {
  private static final String MODEL = "all-minilm-l6-v2";
  private static final Path LIB =
      Path.of(System.getProperty("swarmpilot.lib", "target/swarmpilot/lib"));

  @TempDir private Path directory;

  /// So that all ports lie below those that the system hands out for outgoing connections.
  private final int offset = ThreadLocalRandom.current().nextInt(3_000, 23_000);

  private final List<Process> processes = new ArrayList<>();

  @AfterEach
  void stop() {
    processes.forEach(Process::destroyForcibly);
  }

  @Test
  void servesUntilSigtermAndThenDrainsWithCode0() throws IOException, InterruptedException {
    Process up = up();
    JsonTree ready = awaitReady(up);

    List<Submission> tasks;
    try (MeshClient mesh = new MeshClient(ready.object("scheduler").text("url"))) {
      tasks =
          Stream.generate(() -> mesh.submitTask(MODEL, "{\"text\": \"hello\"}")).limit(20).toList();
      assertThat(mesh.waitForCompletion(tasks.getLast().taskId()).success()).contains(true);
    }
    up.destroy();

    assertThat(up.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(up.exitValue()).isZero();
    assertThat(output()).contains("http://localhost:" + (8102 + offset), "Stopping", "Stopped.");
  }

  @Test
  void namesThePortThatIsTaken() throws IOException, InterruptedException {
    Process first = up();
    awaitReady(first);
    Process second = up();

    assertThat(second.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(second.exitValue()).isEqualTo(1);
    assertThat(output())
        .contains("port " + (8080 + offset) + " (gateway) is in use", "--port-offset");
  }

  private Process up() throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                classPath(),
                "io.swarmpilot.launcher.Main",
                "up",
                "--port-offset",
                Integer.toString(offset),
                "--data-dir",
                directory.resolve("data").toString(),
                "--ready-file",
                readyFile(processes.size()).toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("output-" + processes.size()).toFile())
            .start();
    processes.add(process);
    return process;
  }

  private JsonTree awaitReady(Process up) throws IOException, InterruptedException {
    Path file = readyFile(processes.indexOf(up));
    while (!Files.exists(file)) {
      assertThat(up.waitFor(50, TimeUnit.MILLISECONDS)).as("ended: %s", output()).isFalse();
    }
    return JsonTree.parse(Files.readString(file));
  }

  private Path readyFile(int index) {
    return directory.resolve("ready-" + index + ".json");
  }

  private String output() throws IOException {
    return Files.readString(directory.resolve("output-" + (processes.size() - 1)));
  }

  private static String classPath() throws IOException {
    try (Stream<Path> jars = Files.list(LIB)) {
      return jars.map(Path::toString).sorted().collect(Collectors.joining(File.pathSeparator));
    }
  }
}
