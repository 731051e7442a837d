package io.swarmpilot.scheduler.policy;

import java.util.random.RandomGenerator;

/// A placement strategy: in which order waiting tasks are placed, and on which instance.
///
/// A policy keeps no state: forecasts, charges and the rotation belong to the scheduler, so that
/// switching policies loses nothing. It is called on the scheduler's only thread and must neither
/// block nor remember its arguments. One that throws or answers nonsense is replaced for that
/// decision by [ShortestQueue].
///
/// To add one, implement this interface and name the class in
/// `META-INF/services/io.swarmpilot.scheduler.policy.Policy`.
public interface Policy {
  /// Canonical name, lower case with underscores.
  String name();

  /// The instance to place a task on, as an index into `candidates`, of which there is at least
  /// one.
  int select(Candidates candidates, RandomGenerator random);

  /// Sort key of a task that waits for an instance; the lowest is placed first. The default is
  /// first come, first served.
  default long order(WaitingTask task) {
    return task.arrival();
  }
}
