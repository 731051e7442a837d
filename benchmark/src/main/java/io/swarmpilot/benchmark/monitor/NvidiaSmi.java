package io.swarmpilot.benchmark.monitor;

import com.google.common.base.Splitter;
import com.google.common.primitives.Doubles;
import com.google.common.primitives.Ints;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The GPUs as one long-lived `nvidia-smi` tells them: starting it anew for every reading would
/// cost up to a second of driver set-up each time. Without the tool there are no GPUs; a tool that
/// ends leaves them unknown.
final class NvidiaSmi implements AutoCloseable {
  /// The tool, found on the path.
  static final String COMMAND = "nvidia-smi";

  private static final Logger log = LoggerFactory.getLogger(NvidiaSmi.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int MAX_GPUS = 64;
  private static final Splitter FIELDS = Splitter.on(',').trimResults();

  private final AtomicReferenceArray<GpuReading> latest;
  private final @Nullable Process process;

  private NvidiaSmi(int count, @Nullable Process process) {
    this.process = process;
    latest = new AtomicReferenceArray<>(count);
    forget();
  }

  /// Starts asking.
  ///
  /// @param command the tool
  /// @param interval time between its answers
  static NvidiaSmi start(String command, Duration interval) {
    int count = count(command);
    if (count == 0) {
      return new NvidiaSmi(0, null);
    }
    String period = String.valueOf(Math.max(100, interval.toMillis()));
    try {
      Process process =
          new ProcessBuilder(
                  command,
                  "--query-gpu=index,utilization.gpu,memory.used",
                  "--format=csv,noheader,nounits",
                  "-lms",
                  period)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      NvidiaSmi gpus = new NvidiaSmi(count, process);
      Thread.ofVirtual().name("nvidia-smi").start(() -> gpus.follow(process));
      return gpus;
    } catch (IOException e) {
      log.warn("the GPUs cannot be sampled: {}", e.toString());
      return new NvidiaSmi(count, null);
    }
  }

  int count() {
    return latest.length();
  }

  /// The newest answer for each GPU.
  List<GpuReading> latest() {
    return IntStream.range(0, count()).mapToObj(latest::get).toList();
  }

  private void follow(Process tool) {
    try (BufferedReader lines = tool.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        accept(line);
      }
    } catch (IOException e) {
      log.debug("nvidia-smi's output ended", e);
    }
    forget();
  }

  private void accept(String line) {
    List<String> fields = FIELDS.splitToList(line);
    Integer index = Ints.tryParse(fields.getFirst());
    if (fields.size() == 3 && index != null && index >= 0 && index < count()) {
      latest.set(index, new GpuReading(number(fields.get(1)), number(fields.get(2))));
    }
  }

  /// A number, or null for what devices say instead: `[N/A]`, `[Not Supported]`, `[Unknown Error]`.
  private static @Nullable Double number(String field) {
    Double number = Doubles.tryParse(field);
    return number == null || !Double.isFinite(number) ? null : number;
  }

  private void forget() {
    for (int gpu = 0; gpu < count(); gpu++) {
      latest.set(gpu, GpuReading.UNKNOWN);
    }
  }

  private static int count(String command) {
    try {
      Process process =
          new ProcessBuilder(command, "--query-gpu=name", "--format=csv,noheader")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      // A thread of its own reads, so that a tool that hangs cannot hold us.
      CompletableFuture<Integer> names = new CompletableFuture<>();
      Thread.ofVirtual().start(() -> names.complete(lines(process)));
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        log.warn("nvidia-smi does not answer; the GPUs are not sampled");
        return 0;
      }
      return process.exitValue() == 0 ? Math.min(MAX_GPUS, names.join()) : 0;
    } catch (IOException e) {
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  private static int lines(Process process) {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      return (int) lines.lines().filter(line -> !line.isBlank()).count();
    } catch (IOException | UncheckedIOException e) {
      return 0;
    }
  }

  @Override
  public void close() {
    if (process != null) {
      process.destroy();
    }
  }
}
