package io.swarmpilot.client;

import io.swarmpilot.proto.scheduler.v1.NotifyTaskCompleteRequest;
import io.swarmpilot.proto.scheduler.v1.SubmitResultRequest;
import java.util.Optional;

/// A foreign instance's word about a task that ended.
///
/// @param taskId id of the task
/// @param instanceId uuid of the instance, or the name it gives itself
/// @param executionMs time it executed, ms
/// @param result its result, a JSON object
/// @param error why it failed; empty when it succeeded
public record FinishedTask(
    String taskId,
    String instanceId,
    double executionMs,
    Optional<String> result,
    Optional<String> error) {
  /// A task that succeeded with this result (a JSON object).
  public static FinishedTask succeeded(
      String taskId, String instanceId, double executionMs, String result) {
    return new FinishedTask(taskId, instanceId, executionMs, Optional.of(result), Optional.empty());
  }

  /// A task that failed.
  public static FinishedTask failed(
      String taskId, String instanceId, double executionMs, String error) {
    return new FinishedTask(taskId, instanceId, executionMs, Optional.empty(), Optional.of(error));
  }

  NotifyTaskCompleteRequest notification() {
    NotifyTaskCompleteRequest.Builder request =
        NotifyTaskCompleteRequest.newBuilder()
            .setTaskId(taskId)
            .setInstanceId(instanceId)
            .setExecutionTime(executionMs);
    result.map(Json::value).ifPresent(request::setResult);
    error.ifPresent(request::setError);
    return request.build();
  }

  SubmitResultRequest submission() {
    SubmitResultRequest.Builder request =
        SubmitResultRequest.newBuilder()
            .setTaskId(taskId)
            .setInstanceId(instanceId)
            .setExecutionTime(executionMs)
            .setResult(Json.value(result.orElse("{}")));
    error.ifPresent(request::setError);
    return request.build();
  }
}
