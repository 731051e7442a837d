package io.swarmpilot.scheduler.batch;

import io.swarmpilot.scheduler.policy.Admission;
import io.swarmpilot.scheduler.policy.Binding;
import io.swarmpilot.scheduler.policy.Candidates;
import io.swarmpilot.scheduler.policy.Explanation;
import io.swarmpilot.scheduler.policy.LeastRequests;
import io.swarmpilot.scheduler.policy.Policy;
import java.util.Objects;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/// A policy that may fail. Where it throws or answers nonsense, [LeastRequests] answers, and the
/// task remembers what went wrong.
final class AskedPolicy {
  private static final Policy FALLBACK = new LeastRequests();
  private static final int MOST_BAND = 7;
  private static final int MOST_CLASS = 63;

  private final Policy policy;

  AskedPolicy(Policy policy) {
    this.policy = policy;
  }

  String name() {
    return policy.name();
  }

  Binding binding() {
    return policy.binding();
  }

  /// Gives a task its place in the order.
  void rank(BatchTask task) {
    task.band = Math.clamp(ask(task, p -> p.band(task)), 0, MOST_BAND);
    task.orderClass = Math.clamp(ask(task, p -> p.orderClass(task)), 0, MOST_CLASS);
    double key = ask(task, p -> p.order(task, task.pool));
    task.order = Double.isNaN(key) ? Double.POSITIVE_INFINITY : key;
  }

  /// How urgent the head of a class is; one that cannot be compared goes last.
  double urgency(BatchTask head) {
    double urgency = ask(head, p -> p.urgency(head, head.pool));
    return Double.isNaN(urgency) ? Double.NEGATIVE_INFINITY : urgency;
  }

  /// Whether a task steps back. Nothing is shed here: the caller may still place it elsewhere.
  boolean demotes(BatchTask task, double missProbability) {
    return task.hasSlo()
        && ask(task, p -> p.admit(task, task.pool, missProbability)) != Admission.ACCEPT;
  }

  /// Index of the candidate to take.
  int select(BatchTask task, Offer offer, RandomGenerator random) {
    int chosen = ask(task, p -> inRange(p.select(task, offer, task.pool, random), offer));
    task.chooser = task.failure.isEmpty() ? name() : FALLBACK.name();
    return chosen;
  }

  /// Why a candidate was chosen.
  Explanation explain(BatchTask task, Offer offer, int chosen) {
    if (!task.chooser.equals(name())) {
      return FALLBACK.explain(task, offer, chosen, task.pool);
    }
    try {
      return Objects.requireNonNull(policy.explain(task, offer, chosen, task.pool));
    } catch (RuntimeException e) {
      task.failure = failure(e);
      return Explanation.of(name() + " chose it and gave no reason");
    }
  }

  private <T> T ask(BatchTask task, Function<Policy, T> question) {
    if (task.failure.isEmpty()) {
      try {
        return question.apply(policy);
      } catch (RuntimeException e) {
        task.failure = failure(e);
      }
    }
    return question.apply(FALLBACK);
  }

  private String failure(RuntimeException e) {
    return name() + " failed: " + e;
  }

  private static int inRange(int index, Candidates candidates) {
    if (index < 0 || index >= candidates.size()) {
      throw new IndexOutOfBoundsException(index + " of " + candidates.size() + " candidates");
    }
    return index;
  }
}
