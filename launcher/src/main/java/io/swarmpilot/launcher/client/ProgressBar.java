package io.swarmpilot.launcher.client;

import java.io.Console;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;

/// Shows how far something is: a bar that is drawn over on a terminal, a line for each phase
/// elsewhere.
final class ProgressBar {
  private static final int WIDTH = 40;

  private final PrintWriter out;
  private final boolean terminal;
  private String phase = "";

  ProgressBar(PrintWriter out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /// Whether the person at the keyboard sees what is printed as an error.
  static boolean isTerminal() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
  }

  /// Some steps of a phase are done.
  ///
  /// @param total how many there are; 0 when that is not known
  void at(String reached, long done, long total) {
    if (terminal) {
      out.print("\r" + bar(reached, done, total));
    } else if (!reached.equals(phase)) {
      out.println(reached);
    }
    out.flush();
    phase = reached;
  }

  private static String bar(String phase, long done, long total) {
    if (total <= 0) {
      return String.format(Locale.ROOT, "%-10s  %-48d", phase, done);
    }
    double share = Math.clamp((double) done / total, 0, 1);
    int filled = (int) (share * WIDTH);
    return String.format(
        Locale.ROOT,
        "%-10s  %s%s  %3.0f %%",
        phase,
        "█".repeat(filled),
        "░".repeat(WIDTH - filled),
        100 * share);
  }

  /// Clears the bar away.
  void end() {
    if (terminal) {
      out.print("\r" + " ".repeat(WIDTH + 22) + "\r");
      out.flush();
    }
  }
}
