package io.swarmpilot.taskinstance.facts;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks the driver's tool which GPUs there are.
///
/// @param tool the tool, a name on the path or a file
/// @param limit longest time for its answer
record GpuReader(String tool, Duration limit) {
  private static final Logger log = LoggerFactory.getLogger(GpuReader.class);
  private static final int MAX_BYTES = 64 << 10;

  /// The GPUs; none where there is no tool, or it fails or hangs.
  List<GpuFacts> read() {
    try {
      Process process =
          new ProcessBuilder(
                  tool, "--query-gpu=" + GpuTable.COLUMNS, "--format=csv,noheader,nounits")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      // Its end is what ends the reading below, however it comes about.
      var _ =
          process
              .onExit()
              .orTimeout(limit.toNanos(), TimeUnit.NANOSECONDS)
              .exceptionally(_ -> process.destroyForcibly());
      return read(process);
    } catch (IOException e) {
      return List.of();
    }
  }

  private List<GpuFacts> read(Process process) throws IOException {
    try (InputStream out = process.getInputStream()) {
      String text = new String(out.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
      int status = process.onExit().join().exitValue();
      if (status != 0) {
        log.warn("{} ended with status {}; no GPUs are told", tool, status);
        return List.of();
      }
      return GpuTable.read(text.lines());
    }
  }
}
