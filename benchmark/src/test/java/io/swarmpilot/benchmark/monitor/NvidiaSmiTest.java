package io.swarmpilot.benchmark.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Reading what `nvidia-smi` prints, with a scripted one in its place.
@Timeout(20)
class NvidiaSmiTest {
  @TempDir private Path directory;

  @Test
  void oneToolTellsOfAllGpusAgainAndAgain() throws IOException {
    String tool =
        tool(
            """
            echo "0, 85, 12000"; echo "1, 7, 30"
            read -r _ < "%s"
            echo "0, 86, 12100"
            exec tail -f /dev/null
            """
                .formatted(fifo()));
    try (NvidiaSmi gpus = NvidiaSmi.start(tool, Duration.ofSeconds(1))) {
      assertThat(gpus.count()).isEqualTo(2);
      await(gpus, seen -> seen.get(1).utilPercent() != null);
      assertThat(gpus.latest())
          .containsExactly(new GpuReading(85.0, 12000.0), new GpuReading(7.0, 30.0));
      Files.writeString(directory.resolve("go"), "\n");
      await(gpus, seen -> Double.valueOf(86).equals(seen.getFirst().utilPercent()));
      assertThat(gpus.latest())
          .containsExactly(new GpuReading(86.0, 12100.0), new GpuReading(7.0, 30.0));
    }
  }

  @Test
  void whatADeviceDoesNotTellIsUnknown() throws IOException {
    String tool =
        tool("echo '1, [N/A], [Not Supported]'; echo '0, [N/A], 40'; exec tail -f /dev/null");
    try (NvidiaSmi gpus = NvidiaSmi.start(tool, Duration.ofSeconds(1))) {
      await(gpus, seen -> seen.getFirst().memoryUsedMb() != null);
      assertThat(gpus.latest()).containsExactly(new GpuReading(null, 40.0), GpuReading.UNKNOWN);
    }
  }

  @Test
  void aToolThatEndsLeavesTheGpusUnknown() throws IOException {
    String tool = tool("echo '0, 1, 2'; read -r _ < \"%s\"".formatted(fifo()));
    try (NvidiaSmi gpus = NvidiaSmi.start(tool, Duration.ofSeconds(1))) {
      await(gpus, seen -> seen.getFirst().utilPercent() != null);
      Files.writeString(directory.resolve("go"), "\n");
      await(gpus, seen -> seen.getFirst().utilPercent() == null);
    }
  }

  @Test
  void withoutTheToolThereAreNoGpus() {
    try (NvidiaSmi gpus = NvidiaSmi.start("/no/such/tool", Duration.ofSeconds(1))) {
      assertThat(gpus.latest()).isEmpty();
    }
  }

  private static void await(NvidiaSmi gpus, Predicate<List<GpuReading>> reached) {
    while (!reached.test(gpus.latest())) {
      Thread.onSpinWait();
    }
  }

  /// A tool with two GPUs that tells of them as the script says.
  private String tool(String script) throws IOException {
    Path tool = directory.resolve("nvidia-smi");
    Files.writeString(
        tool,
        """
        #!/bin/sh
        if [ "$1" = --query-gpu=name ]; then echo 'NVIDIA A100'; echo 'NVIDIA A100'; exit; fi
        [ "$*" = '--query-gpu=index,utilization.gpu,memory.used --format=csv,noheader,nounits -lms 1000' ] || exit 1
        """
            + script);
    return Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwx------"))
        .toString();
  }

  private Path fifo() throws IOException {
    Path fifo = directory.resolve("go");
    try {
      assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor()).isZero();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return fifo;
  }
}
