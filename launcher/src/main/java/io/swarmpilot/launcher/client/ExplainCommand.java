package io.swarmpilot.launcher.client;

import io.swarmpilot.proto.scheduler.v1.ExplainTaskRequest;
import io.swarmpilot.proto.scheduler.v1.ExplainTaskResponse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Explains why a task was placed where it was.
@Command(
    name = "explain",
    description = "Explain why a task was placed where it was, or what it waits for.")
public final class ExplainCommand extends ClientCommand {
  @Parameters(paramLabel = "ID", description = "Id of the task.")
  private String taskId = "";

  @Override
  public Integer call() {
    ExplainTaskRequest request = ExplainTaskRequest.newBuilder().setTaskId(taskId).build();
    try (Session session = target().scheduler()) {
      ExplainTaskResponse answer = session.call(() -> session.scheduler().explainTask(request));
      if (target().json()) {
        screen().json(answer);
      } else {
        new DecisionScreen(screen()).show(answer);
      }
      return 0;
    }
  }
}
