package io.swarmpilot.taskinstance.backend.simulated;

import java.util.List;

/// What goes wrong, and when.
///
/// @param always what goes wrong at any time
/// @param windows what goes wrong for a while
record Faults(Always always, List<Window> windows) {
  /// Copies the list.
  Faults {
    windows = List.copyOf(windows);
  }

  /// Share of the executions beginning at this time that fail, 0 to 1.
  ///
  /// @param ms time since the replica was opened
  double failureRate(double ms) {
    double spared = 1 - always.failureRate;
    for (Window window : windows) {
      spared *= window.covers(ms) ? 1 - window.failureRate : 1;
    }
    return 1 - spared;
  }

  /// Factor by which everything takes longer at this time.
  double slowness(double ms) {
    double factor = 1;
    for (Window window : windows) {
      factor *= window.covers(ms) ? window.slowdown : 1;
    }
    return factor;
  }

  /// When [#slowness] may change next; infinity when never.
  double nextChange(double ms) {
    double next = Double.POSITIVE_INFINITY;
    for (Window window : windows) {
      if (window.fromMs > ms) {
        next = Math.min(next, window.fromMs);
      } else if (window.toMs > ms) {
        next = Math.min(next, window.toMs);
      }
    }
    return next;
  }

  /// What goes wrong at any time.
  ///
  /// @param failureRate share of the executions that fail, 0 to 1
  /// @param failureKind how they fail
  /// @param failureAt part of its work after which a failing execution fails, 0 to 1
  /// @param slowRate share of the executions that take longer, 0 to 1
  /// @param slowdown factor by which these take longer
  record Always(
      double failureRate,
      FailureKind failureKind,
      double failureAt,
      double slowRate,
      double slowdown) {}

  /// What goes wrong for a while.
  ///
  /// @param fromMs begin, from when the replica was opened
  /// @param toMs end, likewise
  /// @param failureRate share of the executions beginning in it that fail, 0 to 1
  /// @param slowdown factor by which everything takes longer
  record Window(double fromMs, double toMs, double failureRate, double slowdown) {
    boolean covers(double ms) {
      return ms >= fromMs && ms < toMs;
    }
  }
}
