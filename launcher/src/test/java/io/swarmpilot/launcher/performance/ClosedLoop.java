package io.swarmpilot.launcher.performance;

import java.lang.management.ManagementFactory;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.ConcurrentHistogram;

/// Keeps a fixed number of operations in flight for a fixed time and measures them.
///
/// An operation is started by `start(done)` and calls `done` exactly once when it has ended, on any
/// thread; the next one is started from there.
final class ClosedLoop {
  /// Something that can be done over and over.
  interface Operation {
    void start(Runnable done);
  }

  private final Operation operation;
  private final long endNanos;
  private final ConcurrentHistogram latencies =
      new ConcurrentHistogram(TimeUnit.MINUTES.toNanos(1), 3);
  private final AtomicLong completed = new AtomicLong();
  private final CountDownLatch idle;

  private ClosedLoop(Operation operation, int inFlight, long endNanos) {
    this.operation = operation;
    this.endNanos = endNanos;
    this.idle = new CountDownLatch(inFlight);
  }

  /// Runs `operation` with `inFlight` at a time for `seconds`.
  static Measurement run(String name, Operation operation, int inFlight, double seconds)
      throws InterruptedException {
    long startCpu = processCpuNanos();
    long start = System.nanoTime();
    ClosedLoop loop = new ClosedLoop(operation, inFlight, start + (long) (seconds * 1e9));
    for (int i = 0; i < inFlight; i++) {
      loop.next();
    }
    if (!loop.idle.await((long) seconds + 60, TimeUnit.SECONDS)) {
      throw new IllegalStateException(
          name + ": " + loop.idle.getCount() + " operations never ended");
    }
    double elapsed = (System.nanoTime() - start) / 1e9;
    long cpu = processCpuNanos() - startCpu;
    return Measurement.of(name, loop.completed.get(), elapsed, cpu, loop.latencies);
  }

  private void next() {
    long start = System.nanoTime();
    if (start >= endNanos) {
      idle.countDown();
      return;
    }
    operation.start(() -> {
      latencies.recordValue(
          Math.min(System.nanoTime() - start, latencies.getHighestTrackableValue()));
      completed.incrementAndGet();
      next();
    });
  }

  private static long processCpuNanos() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
