package io.swarmpilot.taskinstance.facts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// GPUs as scripts in the place of `nvidia-smi` tell them.
@Timeout(60)
@DisabledOnOs(OS.WINDOWS)
class GpuReaderTest {
  private static final long GIB = 1L << 30;

  @TempDir private Path directory;

  @Test
  void readsWhatTheToolTells() throws IOException {
    List<GpuFacts> gpus =
        read(
            """
            printf '0, NVIDIA H100 80GB HBM3, 550.54, 81920, 1024, 37\\n'
            printf '1, NVIDIA GB10, 580.1, [N/A], [Not Supported], [N/A]\\n'
            """);

    assertThat(gpus)
        .containsExactly(
            new GpuFacts(
                0,
                "NVIDIA H100 80GB HBM3",
                "550.54",
                OptionalLong.of(80 * GIB),
                OptionalLong.of(GIB),
                OptionalDouble.of(0.37)),
            new GpuFacts(
                1,
                "NVIDIA GB10",
                "580.1",
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalDouble.empty()));
  }

  @Test
  void asksForTheColumnsItReads() throws IOException {
    Path asked = directory.resolve("asked");

    read("echo \"$*\" > " + asked);

    assertThat(Files.readString(asked))
        .isEqualTo(
            "--query-gpu=index,name,driver_version,memory.total,memory.used,utilization.gpu"
                + " --format=csv,noheader,nounits\n");
  }

  @Test
  void passesOverWhatIsNoTable() throws IOException {
    assertThat(read("echo 'No devices were found'; echo '1, 2'; echo ''")).isEmpty();
    assertThat(read("echo '0, a, b, 1, 1, 1'; exit 9")).isEmpty();
    assertThat(new GpuReader("no-such-tool-here", Duration.ofSeconds(5)).read()).isEmpty();
  }

  @Test
  void doesNotWaitForAToolThatHangs() throws IOException {
    assertThat(read("exec sleep 60", Duration.ofMillis(200))).isEmpty();
  }

  @Test
  void factsAreKnownOnceTheyWereRead() throws IOException {
    MachineFacts facts = new MachineFacts(tool("echo '0, T4, 1, 16384, 0, 0'"), Runnable::run);
    assertThat(facts.host()).isEmpty();
    assertThat(facts.gpus()).isEmpty();

    facts.read().toCompletableFuture().join();

    assertThat(facts.gpus()).extracting(GpuFacts::name).containsExactly("T4");
    assertThat(facts.host())
        .hasValueSatisfying(host -> {
          assertThat(host.operatingSystem()).isNotBlank();
          assertThat(host.architecture()).isEqualTo(System.getProperty("os.arch"));
          assertThat(host.logicalCores()).isGreaterThanOrEqualTo(host.physicalCores()).isPositive();
          assertThat(host.memoryBytes()).isGreaterThan(GIB / 4);
        });
  }

  private List<GpuFacts> read(String script) throws IOException {
    return read(script, Duration.ofSeconds(30));
  }

  private List<GpuFacts> read(String script, Duration limit) throws IOException {
    return new GpuReader(tool(script), limit).read();
  }

  private String tool(String script) throws IOException {
    Path file = Files.createTempFile(directory, "nvidia-smi", "");
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    return file.toString();
  }
}
