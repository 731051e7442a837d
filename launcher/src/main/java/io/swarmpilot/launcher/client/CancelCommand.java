package io.swarmpilot.launcher.client;

import io.swarmpilot.proto.scheduler.v1.CancelTaskRequest;
import io.swarmpilot.proto.scheduler.v1.CancelTaskResponse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Cancels a task.
@Command(name = "cancel", description = "Cancel a task.")
public final class CancelCommand extends ClientCommand {
  @Parameters(paramLabel = "ID", description = "Id of the task.")
  private String taskId = "";

  @Override
  public Integer call() {
    CancelTaskRequest request = CancelTaskRequest.newBuilder().setTaskId(taskId).build();
    try (Session session = target().scheduler()) {
      CancelTaskResponse answer = session.call(() -> session.scheduler().cancelTask(request));
      if (target().json()) {
        screen().json(answer);
      } else {
        screen().line(taskId + ": " + answer.getMessage());
      }
      return exitCode(answer.getStatus(), answer.getMessage());
    }
  }
}
