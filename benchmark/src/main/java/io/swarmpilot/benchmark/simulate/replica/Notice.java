package io.swarmpilot.benchmark.simulate.replica;

/// What happened to a task on a replica.
///
/// @param what what happened
/// @param replica number of the replica
/// @param task number of the task
public record Notice(What what, int replica, int task) {
  /// What can happen.
  public enum What {
    /// It has a slot.
    STARTED,
    /// Its input was read: the first token of the answer is there.
    FIRST_TOKEN,
    /// It ended.
    ENDED
  }
}
