package io.swarmpilot.scheduler.policy;

/// What becomes of a task that may miss its deadline.
public enum Admission {
  /// It takes its turn.
  ACCEPT,
  /// It steps back: it is served in a small reserved share, and when nothing else waits.
  DEMOTE,
  /// It ends without being run. Only for tasks that may be shed.
  SHED
}
