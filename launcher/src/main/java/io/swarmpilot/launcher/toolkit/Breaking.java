package io.swarmpilot.launcher.toolkit;

import io.swarmpilot.benchmark.orchestrate.Orchestrator;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Breaks a benchmark off when the process is told to stop (Ctrl-C, SIGTERM): load ends on every
/// node, and what was measured is written.
final class Breaking implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final CountDownLatch over = new CountDownLatch(1);
  private final Thread hook;

  private Breaking(Orchestrator orchestrator) {
    hook = new Thread(() -> breakOff(orchestrator), "break-off");
  }

  static Breaking on(Orchestrator orchestrator) {
    Breaking breaking = new Breaking(orchestrator);
    Runtime.getRuntime().addShutdownHook(breaking.hook);
    return breaking;
  }

  /// The benchmark is over.
  @Override
  public void close() {
    over.countDown();
    try {
      boolean _ = Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process ends already: the hook runs, and has just been told that it is over.
    }
  }

  private void breakOff(Orchestrator orchestrator) {
    orchestrator.cancel();
    try {
      boolean _ = over.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
