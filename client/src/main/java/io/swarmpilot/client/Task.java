package io.swarmpilot.client;

import java.util.Optional;

/// A task from submission to result.
///
/// @param taskId id of the task
/// @param status `queued`, `scheduled` or `completed` (ended, well or badly: see `success`)
/// @param scheduledTi uuid of its instance; "" while queued
/// @param modelName model that must run it
/// @param result its result once completed, JSON text; `{"error": …}` when it failed
/// @param success whether it succeeded; empty until completed
/// @param error why it failed
/// @param errorClass what happened when it failed: `timeout`, `crashed`, `cancelled`, …
/// @param submitTime when it was submitted, Unix seconds
/// @param completionTime when it was completed, Unix seconds
/// @param attempt how often it has been given to an instance; 2 and more: it may have run before
/// @param waitMs time between submission and the start of execution, ms
/// @param executionMs time it executed, ms
/// @param totalMs time from submission to completion, ms
/// @param predicted execution time that was predicted when it was placed
/// @param output what it put out, in numbers; empty until completed
public record Task(
    String taskId,
    String status,
    String scheduledTi,
    String modelName,
    Optional<String> result,
    Optional<Boolean> success,
    Optional<String> error,
    Optional<String> errorClass,
    double submitTime,
    Optional<Double> completionTime,
    int attempt,
    Optional<Double> waitMs,
    Optional<Double> executionMs,
    Optional<Double> totalMs,
    Optional<ExpectedTime> predicted,
    Optional<OutputStatistics> output) {
  /// Whether it has ended, well or badly.
  public boolean completed() {
    return status.equals("completed");
  }

  static Task of(io.swarmpilot.proto.scheduler.v1.Task task) {
    return new Task(
        task.getTaskId(),
        task.getTaskStatus(),
        task.getScheduledTi(),
        task.getModelName(),
        Json.text(task.getResult()),
        task.hasSuccess() ? Optional.of(task.getSuccess()) : Optional.empty(),
        task.hasError() ? Optional.of(task.getError()) : Optional.empty(),
        task.hasErrorClass() ? Optional.of(task.getErrorClass()) : Optional.empty(),
        task.getSubmitTime(),
        task.hasCompletionTime() ? Optional.of(task.getCompletionTime()) : Optional.empty(),
        task.getAttempt(),
        task.hasWaitTimeMs() ? Optional.of(task.getWaitTimeMs()) : Optional.empty(),
        task.hasExecutionTimeMs() ? Optional.of(task.getExecutionTimeMs()) : Optional.empty(),
        task.hasTotalTimeMs() ? Optional.of(task.getTotalTimeMs()) : Optional.empty(),
        task.hasPredictedMs()
            ? Optional.of(new ExpectedTime(task.getPredictedMs(), task.getPredictedErrorMs()))
            : Optional.empty(),
        task.hasOutput() ? Optional.of(OutputStatistics.of(task.getOutput())) : Optional.empty());
  }
}
