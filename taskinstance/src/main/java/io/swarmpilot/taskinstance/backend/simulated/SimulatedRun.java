package io.swarmpilot.taskinstance.backend.simulated;

import io.swarmpilot.taskinstance.backend.Execution;
import io.swarmpilot.taskinstance.backend.RunFailure;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

/// One execution: lets the time of its work pass and shows its tokens.
final class SimulatedRun {
  private static final double NANOS_PER_MS = 1e6;

  private final SimulationSettings.Fate fate;
  private final Faults faults;
  private final Batch batch;
  private final DoubleSupplier clock;
  private final Progress progress;
  // Rung when others join or leave the batch, and when the execution is cancelled.
  private final Semaphore bell = new Semaphore(0);
  private int shown;

  /// @param clock time since the replica was opened, ms
  SimulatedRun(SimulationSettings.Fate fate, Faults faults, Batch batch, DoubleSupplier clock) {
    this.fate = fate;
    this.faults = faults;
    this.batch = batch;
    this.clock = clock;
    this.progress = new Progress(fate.work(), fate.fails() ? faults.always().failureAt() : 1);
  }

  /// Ends when the work is done, fails as the fate will have it.
  void pass(Execution execution) throws RunFailure {
    try (var _ = batch.join(bell, fate.work().batched());
        var _ = execution.cancellation().onRequest(bell::release)) {
      work(execution);
      if (fate.fails()) {
        fail(execution);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw RunFailure.cancelled();
    }
  }

  private void work(Execution execution) throws RunFailure, InterruptedException {
    double now = clock.getAsDouble();
    while (!progress.isOver()) {
      execution.cancellation().throwIfRequested();
      int size = batch.size();
      double slowness = faults.slowness(now);
      double next = Math.min(progress.msToNext(size, slowness), faults.nextChange(now) - now);
      boolean _ = bell.tryAcquire((long) (next * NANOS_PER_MS), TimeUnit.NANOSECONDS);
      bell.drainPermits();
      double then = clock.getAsDouble();
      progress.pass(then - now, size, slowness);
      now = then;
      show(progress.generated(), execution);
    }
    execution.cancellation().throwIfRequested();
    if (!fate.fails()) {
      show(fate.work().tokens(), execution);
    }
  }

  private void show(int generated, Execution execution) {
    while (shown < generated) {
      shown++;
      execution.output().emit("{\"token\":" + shown + "}");
    }
  }

  private void fail(Execution execution) throws RunFailure, InterruptedException {
    FailureKind kind = faults.always().failureKind();
    while (kind == FailureKind.STALL) {
      execution.cancellation().throwIfRequested();
      bell.acquire();
    }
    throw kind.failure();
  }
}
