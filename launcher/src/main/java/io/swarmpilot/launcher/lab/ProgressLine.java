package io.swarmpilot.launcher.lab;

import io.swarmpilot.benchmark.simulate.Progress;
import java.io.Console;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;

/// A bar that fills on a terminal; nothing elsewhere.
final class ProgressLine implements Progress {
  private static final int WIDTH = 30;

  private final PrintWriter out;
  private final boolean shown;
  private int last = -1;

  ProgressLine(PrintWriter out) {
    this.out = out;
    // JDK 25 has none again where standard input or output is no terminal.
    this.shown = Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
  }

  @Override
  public void at(String what, double done) {
    int percent = (int) (100 * done);
    if (shown && percent != last) {
      last = percent;
      int filled = (int) (WIDTH * done);
      out.print(
          String.format(
              Locale.ROOT,
              "\r[%s%s] %3d %%  %-50.50s",
              "#".repeat(filled),
              " ".repeat(WIDTH - filled),
              percent,
              what));
      out.flush();
    }
  }

  /// Takes the bar away.
  void end() {
    if (shown) {
      out.print("\r" + " ".repeat(WIDTH + 60) + "\r");
      out.flush();
    }
  }
}
