package io.swarmpilot.launcher.toolkit;

import io.swarmpilot.benchmark.orchestrate.RunProgress;
import java.io.Console;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;

/// Shows how a benchmark is going: lines always, a bar below them on a terminal.
final class ProgressBar {
  private static final int WIDTH = 24;
  private static final int LINE = 110;

  private final PrintWriter out;
  private final boolean terminal;
  private boolean drawn;

  ProgressBar(PrintWriter out) {
    this.out = out;
    // JDK 25 has none again where standard input or output is no terminal.
    this.terminal = Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
  }

  /// Says something above the bar.
  synchronized void line(String text) {
    wipe();
    out.println(text);
    out.flush();
  }

  /// Moves the bar.
  synchronized void at(RunProgress now) {
    if (!terminal) {
      return;
    }
    int filled = (int) (WIDTH * now.done());
    out.print(
        String.format(
            Locale.ROOT,
            "\r[%s%s] %3.0f %%  %-30.30s %d ok, %d failed, %.1f/s, p99 %.3fs ",
            "#".repeat(filled),
            " ".repeat(WIDTH - filled),
            100 * now.done(),
            now.name(),
            now.metrics().totalRequests(),
            now.metrics().totalErrors(),
            now.metrics().throughputRps(),
            now.metrics().p99Latency()));
    out.flush();
    drawn = true;
    if (!now.metrics().running()) {
      wipe();
    }
  }

  private void wipe() {
    if (drawn) {
      out.print("\r" + " ".repeat(LINE) + "\r");
      drawn = false;
    }
  }
}
