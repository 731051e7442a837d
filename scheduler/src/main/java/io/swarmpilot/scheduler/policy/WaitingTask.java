package io.swarmpilot.scheduler.policy;

import com.google.common.primitives.ImmutableLongArray;
import io.swarmpilot.scheduler.forecast.ExecutionTime;

/// A task as a policy sees it. Valid during one call. Times are ms; instants are ms of the
/// scheduler's monotonic clock.
public interface WaitingTask {
  /// Its id.
  String taskId();

  /// Position in the order of submission, growing.
  long sequence();

  /// When it was submitted.
  double arrivalMs();

  /// How urgent it is.
  Priority priority();

  /// Time after its arrival within which it is to be completed; NaN when it has no objective.
  double sloMs();

  /// The most it may cost, in the currency of prices; +∞ when it does not say.
  double costBudget();

  /// Most tokens it may generate; 0 when it does not say.
  int maxTokens();

  /// Tokens of its input; 0 when it does not say.
  int inputTokens();

  /// Whether it may be refused or dropped when it cannot meet its objective.
  boolean sheddable();

  /// How long it is expected to execute on the kind of instance that is fastest for it.
  ExecutionTime executionTime();

  /// Its prompt as chained hashes of blocks, the first block first: two tasks whose first n hashes
  /// are equal share their first n blocks. Empty when it tells nothing of its prompt.
  ImmutableLongArray prefix();

  /// When it is to be completed; +∞ when it has no objective.
  default double deadlineMs() {
    double slo = sloMs();
    return slo > 0 ? arrivalMs() + slo : Double.POSITIVE_INFINITY;
  }

  /// Whether it has an objective.
  default boolean hasSlo() {
    return sloMs() > 0;
  }
}
