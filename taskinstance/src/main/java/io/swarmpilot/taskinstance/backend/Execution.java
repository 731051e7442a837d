package io.swarmpilot.taskinstance.backend;

/// One task as a replica sees it.
///
/// @param taskId id of the task
/// @param input input for the model, the JSON text of an object
/// @param cancellation tells when the result is no longer wanted
/// @param output takes what there is to show before the end
public record Execution(
    String taskId, String input, Cancellation cancellation, ExecutionOutput output) {
  /// An execution that nobody watches.
  public Execution(String taskId, String input, Cancellation cancellation) {
    this(taskId, input, cancellation, ExecutionOutput.NONE);
  }
}
