package io.swarmpilot.taskinstance.queue;

import io.swarmpilot.taskinstance.forecast.Estimate;
import org.jspecify.annotations.Nullable;

/// A task for the queue.
///
/// @param taskId id of the task
/// @param attempt number of the scheduler's attempt, from 1; [#LOCAL] when the task came from a
///   direct caller
/// @param model model that must run it; null when any may
/// @param input input for the model, the JSON text of an object
/// @param estimate how long it is expected to execute; null when nothing is known
/// @param remainingMs time left until it is given up, ms; +∞ without a bound
public record NewTask(
    String taskId,
    int attempt,
    @Nullable String model,
    String input,
    @Nullable Estimate estimate,
    double remainingMs) {
  /// The attempt of a task that no scheduler knows.
  public static final int LOCAL = 0;

  /// A task without a bound of time.
  public NewTask(
      String taskId,
      int attempt,
      @Nullable String model,
      String input,
      @Nullable Estimate estimate) {
    this(taskId, attempt, model, input, estimate, Double.POSITIVE_INFINITY);
  }

  /// A task of a direct caller.
  public static NewTask local(String taskId, @Nullable String model, String input) {
    return new NewTask(taskId, LOCAL, model, input, null);
  }
}
