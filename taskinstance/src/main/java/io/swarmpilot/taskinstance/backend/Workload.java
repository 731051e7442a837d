package io.swarmpilot.taskinstance.backend;

/// What an execution does with its thread, which decides what kind of thread it gets.
public enum Workload {
  /// It mostly waits, for a timer or another machine: a virtual thread.
  WAITING,
  /// It computes, perhaps in native code: a platform thread, so that the few carriers of the
  /// virtual threads stay free for everything else in the process.
  COMPUTING
}
