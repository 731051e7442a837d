package io.swarmpilot.taskinstance.facts;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/// What is known about the machine so far. The machine is read once; its GPUs are read anew when
/// somebody asks and what is known is old, so that the next to ask is told better. Nobody waits.
public final class MachineFacts {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final long FRESH_NANOS = Duration.ofSeconds(10).toNanos();

  private final GpuReader reader;
  private final Executor executor;
  private final AtomicBoolean reading = new AtomicBoolean();
  private volatile Optional<HostFacts> host = Optional.empty();
  private volatile Reading gpus = new Reading(List.of(), System.nanoTime());

  /// Facts that are read on an executor, whose threads may compute and wait.
  ///
  /// @param gpuTool NVIDIA's `nvidia-smi`, a name on the path or a file
  public MachineFacts(String gpuTool, Executor executor) {
    this.reader = new GpuReader(gpuTool, PATIENCE);
    this.executor = executor;
  }

  /// Reads everything; ends when it is known.
  public CompletionStage<Void> read() {
    return CompletableFuture.runAsync(
        () -> {
          host = HostReader.read();
          readGpus();
        },
        executor);
  }

  /// The machine; nothing until it was read.
  public Optional<HostFacts> host() {
    return host;
  }

  /// The GPUs as they were at most ten seconds before somebody last asked.
  public List<GpuFacts> gpus() {
    Reading known = gpus;
    boolean old = System.nanoTime() - known.nanos > FRESH_NANOS;
    // Where there are none, there will be none.
    if (old && !known.gpus.isEmpty() && reading.compareAndSet(false, true)) {
      try {
        executor.execute(this::readAgain);
      } catch (RejectedExecutionException e) {
        // The instance is ending.
        reading.set(false);
      }
    }
    return known.gpus;
  }

  private void readAgain() {
    try {
      readGpus();
    } finally {
      reading.set(false);
    }
  }

  private void readGpus() {
    gpus = new Reading(reader.read(), System.nanoTime());
  }

  private record Reading(List<GpuFacts> gpus, long nanos) {}
}
