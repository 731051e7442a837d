package io.swarmpilot.launcher.client;

import io.swarmpilot.proto.scheduler.v1.RemoveInstanceRequest;
import io.swarmpilot.proto.scheduler.v1.RemoveInstanceResponse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Removes a task instance.
@Command(
    name = "remove",
    description = "Stop giving an instance new tasks; what it holds runs to its end.")
public final class RemoveCommand extends ClientCommand {
  @Parameters(paramLabel = "UUID", description = "Uuid of the instance.")
  private String uuid = "";

  @Override
  public Integer call() {
    RemoveInstanceRequest request = RemoveInstanceRequest.newBuilder().setTiUuid(uuid).build();
    try (Session session = target().scheduler()) {
      RemoveInstanceResponse answer =
          session.call(() -> session.scheduler().removeInstance(request));
      if (target().json()) {
        screen().json(answer);
      } else if (answer.getStatus().equals("success")) {
        screen().line(answer.getTiUuid() + "  " + answer.getMessage());
      }
      return exitCode(answer.getStatus(), answer.getMessage());
    }
  }
}
