package io.swarmpilot.scheduler.policy;

import java.util.random.RandomGenerator;

/// A scheduling strategy: in which order tasks are placed, on which instance, when they are bound
/// to it, and what becomes of those that cannot meet their deadline.
///
/// Every model has an instance of the policy to itself, used by one thread, so a policy may keep
/// state; forecasts, charges, queues and the rotation belong to the scheduler, so that switching
/// policies loses nothing. It must neither block nor remember its arguments, and takes time and
/// randomness from them only. One that throws or answers nonsense is replaced for that decision by
/// [LeastRequests], and the decision is marked.
///
/// To add one, implement this interface and name the class in
/// `META-INF/services/io.swarmpilot.scheduler.policy.Policy`; it needs a public constructor without
/// parameters.
public interface Policy {
  /// Canonical name, lower case with underscores.
  String name();

  /// When tasks are bound to an instance.
  default Binding binding() {
    return Binding.LATE;
  }

  /// Band of a task, from 0, at most 7: a lower band goes first. By default its priority.
  default int band(WaitingTask task) {
    return task.priority().number();
  }

  /// Whether users share a band fairly: in turn, by expected execution time. Otherwise the order
  /// alone decides.
  default boolean sharesFairly() {
    return true;
  }

  /// Sort key of a task within its band, taken once when it enters the queue: the least goes first,
  /// equal ones in order of submission. NaN goes last. By default first come, first served.
  default double order(WaitingTask task, PoolView pool) {
    return task.arrivalMs();
  }

  /// Number of the class of a task within its band. [#order] sorts a class; between the heads of
  /// classes [#urgency] decides anew each time. At most 64 classes are told apart.
  default int orderClass(WaitingTask task) {
    return 0;
  }

  /// How urgent the head of a class is now; the greatest goes first, equal ones in [#order]. Asked
  /// only while there is more than one class.
  default double urgency(WaitingTask head, PoolView pool) {
    return 0;
  }

  /// What becomes of a task with an objective. Asked when its turn comes, with the probability to
  /// miss it on the candidate chosen, and of a task that may be shed at submission already, with
  /// the probability to miss it even if it started at once. Never for tasks without an objective.
  default Admission admit(WaitingTask task, PoolView pool, double missProbability) {
    return Admission.ACCEPT;
  }

  /// How well a candidate suits a task: the least is best, NaN the worst.
  double score(WaitingTask task, Candidates candidates, int index, PoolView pool);

  /// The instance to place a task on, as an index into `candidates`, of which there is at least
  /// one. By default the one with the least score; equal ones take turns.
  default int select(
      WaitingTask task, Candidates candidates, PoolView pool, RandomGenerator random) {
    return LeastScore.of(this, task, candidates, pool);
  }

  /// Whether [#select] needs all instances in view however many there are, as one that takes turns
  /// does. Others are shown the most promising ones of a large fleet.
  default boolean needsWholeFleet() {
    return false;
  }

  /// Why it chose a candidate, for the task's decision record.
  default Explanation explain(WaitingTask task, Candidates candidates, int chosen, PoolView pool) {
    return Explanation.of(name() + ": least score");
  }
}
