package io.swarmpilot.launcher.serve;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/// Serves until the process is told to stop (Ctrl-C, SIGTERM), then drains and ends with code 0.
final class Shutdown {
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final Serving serving;
  private final PrintWriter out;

  Shutdown(Serving serving, PrintWriter out) {
    this.serving = serving;
    this.out = out;
  }

  /// Does not return.
  void await() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::drain, "drain"));
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// A signal ends the process with 128 + its number even after a clean stop; a supervisor would
  /// take that for a crash. Hence the halt.
  private void drain() {
    out.println("Stopping: no new work is taken, running tasks may end (up to 10 s) …");
    out.flush();
    int code = 0;
    try {
      serving.drain(GRACE);
      out.println("Stopped.");
    } catch (RuntimeException e) {
      out.println("Stopped, not cleanly: " + e);
      code = 1;
    }
    out.flush();
    Runtime.getRuntime().halt(code);
  }
}
