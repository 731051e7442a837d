package io.swarmpilot.client;

import io.swarmpilot.proto.scheduler.v1.SubmitTaskRequest;
import io.swarmpilot.proto.scheduler.v1.SubmitTasksRequest;
import io.swarmpilot.proto.scheduler.v1.TaskSpec;
import java.util.List;
import java.util.Optional;

/// A task to submit.
///
/// @param modelName model that must run it
/// @param taskInput input for the model, a JSON object
/// @param metadata what is known about the task, a JSON object
/// @param taskId id chosen by the caller; repeating one returns the first answer. Empty: the
///   scheduler makes one
public record NewTask(
    String modelName, String taskInput, String metadata, Optional<String> taskId) {
  /// A task of which nothing else is known.
  public static NewTask of(String modelName, String taskInput) {
    return new NewTask(modelName, taskInput, "{}", Optional.empty());
  }

  /// The same task with metadata, a JSON object.
  public NewTask withMetadata(String json) {
    return new NewTask(modelName, taskInput, json, taskId);
  }

  /// The same task under an id of the caller's.
  public NewTask withTaskId(String id) {
    return new NewTask(modelName, taskInput, metadata, Optional.of(id));
  }

  SubmitTaskRequest request() {
    SubmitTaskRequest.Builder request =
        SubmitTaskRequest.newBuilder()
            .setModelName(modelName)
            .setTaskInput(Json.value(taskInput))
            .setMetadata(Json.value(metadata));
    taskId.ifPresent(request::setTaskId);
    return request.build();
  }

  static SubmitTasksRequest batch(String modelName, List<NewTask> tasks) {
    SubmitTasksRequest.Builder request = SubmitTasksRequest.newBuilder().setModelName(modelName);
    for (NewTask task : tasks) {
      if (!task.modelName.equals(modelName)) {
        throw new IllegalArgumentException(
            "a batch is for one model: " + modelName + ", not " + task.modelName);
      }
      request.addTasks(task.spec());
    }
    return request.build();
  }

  private TaskSpec spec() {
    TaskSpec.Builder spec =
        TaskSpec.newBuilder().setTaskInput(Json.value(taskInput)).setMetadata(Json.value(metadata));
    taskId.ifPresent(spec::setTaskId);
    return spec.build();
  }
}
