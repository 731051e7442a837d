package io.swarmpilot.scheduler.queue;

import static com.google.common.base.Preconditions.checkArgument;

/// What can be set about a [CentralQueue].
///
/// @param overdueAfterMs how long a task may wait before it is overdue, ms; +∞ for ever
/// @param overdueAfterMeans the same in mean execution times; the longer of the two counts, so that
///   long executions are not all overdue in an ordinary queue
/// @param overdueEvery overdue tasks take one of so many turns, 1 to 1,000
/// @param demotedEvery demoted tasks take one of so many of the turns that overdue ones leave, 1 to
///   1,000
/// @param mostDebtMs by how much expected execution time a user can have been served ahead of the
///   others, ms; what goes beyond is forgiven
/// @param mostClasses order classes told apart, 1 to 64; higher numbers share them
public record QueueSettings(
    double overdueAfterMs,
    double overdueAfterMeans,
    int overdueEvery,
    int demotedEvery,
    double mostDebtMs,
    int mostClasses) {
  /// What is used unless set otherwise.
  public static final QueueSettings DEFAULTS = new QueueSettings(30_000, 100, 4, 16, 600_000, 64);

  /// Checks the bounds.
  public QueueSettings {
    checkArgument(overdueAfterMs >= 0, "overdueAfterMs (expected: 0 or more)");
    checkArgument(overdueAfterMeans >= 0, "overdueAfterMeans (expected: 0 or more)");
    checkArgument(overdueEvery >= 1 && overdueEvery <= 1_000, "overdueEvery (expected: 1 to 1000)");
    checkArgument(demotedEvery >= 1 && demotedEvery <= 1_000, "demotedEvery (expected: 1 to 1000)");
    checkArgument(mostDebtMs > 0 && mostDebtMs <= 1e9, "mostDebtMs (expected: above 0, to 1e9)");
    checkArgument(mostClasses >= 1 && mostClasses <= 64, "mostClasses (expected: 1 to 64)");
  }
}
