package io.swarmpilot.launcher.benchmark;

import io.swarmpilot.benchmark.load.drive.LoadRun;
import io.swarmpilot.benchmark.load.drive.RunSnapshot;
import io.swarmpilot.benchmark.measure.Count;
import io.swarmpilot.benchmark.measure.Measurement;
import io.swarmpilot.benchmark.measure.Metric;
import java.io.Console;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Shows how a run is going: a bar with the figures until now on a terminal, a line for each run
/// elsewhere. Ctrl-C stops the run, whose figures are then printed.
final class LiveScreen implements AutoCloseable {
  private static final int WIDTH = 24;
  private static final int LINE = 110;
  private static final long REFRESH_MS = 500;
  private static final long END_MS = 10_000;

  private final PrintWriter out;
  private final boolean terminal =
      Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
  private final Thread stopper = new Thread(this::stop, "stop-load");
  private final CountDownLatch printed = new CountDownLatch(1);
  private volatile @Nullable LoadRun current;

  LiveScreen(PrintWriter out) {
    this.out = out;
    Runtime.getRuntime().addShutdownHook(stopper);
  }

  /// Shows a run until it is over.
  void follow(String what, LoadRun run) {
    current = run;
    if (!terminal) {
      out.println(what + " …");
      out.flush();
    }
    while (terminal && !isOver(run)) {
      out.print("\r" + line(what, run.snapshot()));
      out.flush();
    }
  }

  /// Clears the bar away.
  void clear() {
    if (terminal) {
      out.print("\r" + " ".repeat(LINE) + "\r");
      out.flush();
    }
  }

  /// What was measured has been printed.
  @Override
  public void close() {
    current = null;
    printed.countDown();
    try {
      boolean _ = Runtime.getRuntime().removeShutdownHook(stopper);
    } catch (IllegalStateException e) {
      // The process is being ended already.
    }
  }

  /// The process waits for this before it ends: time to print what was measured.
  private void stop() {
    LoadRun run = current;
    if (run != null) {
      run.stop();
      try {
        boolean _ = printed.await(END_MS, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static boolean isOver(LoadRun run) {
    try {
      RunSnapshot _ = run.over().get(REFRESH_MS, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (Exception e) {
      // Whoever waits for the end of the run is told.
      return true;
    }
  }

  private static String line(String what, RunSnapshot now) {
    Measurement measured = now.measured();
    int filled = (int) (WIDTH * now.done());
    String text =
        String.format(
            Locale.ROOT,
            "%-14.14s %s%s %3.0f %%  %,d done %,d failed  %.4g/s  p50 %.1f p99 %.1f ms  %,d in flight",
            what,
            "█".repeat(filled),
            "░".repeat(WIDTH - filled),
            100 * now.done(),
            measured.count(Count.SUCCEEDED),
            measured.count(Count.FAILED),
            measured.throughput(),
            measured.series(Metric.RESPONSE).quantileMs(0.5),
            measured.series(Metric.RESPONSE).quantileMs(0.99),
            now.inFlight());
    return text.length() > LINE ? text.substring(0, LINE) : text + " ".repeat(LINE - text.length());
  }
}
