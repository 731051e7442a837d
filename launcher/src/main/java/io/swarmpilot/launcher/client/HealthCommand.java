package io.swarmpilot.launcher.client;

import io.swarmpilot.proto.scheduler.v1.GetHealthRequest;
import io.swarmpilot.proto.scheduler.v1.GetHealthResponse;
import java.util.List;
import picocli.CommandLine.Command;

/// Tells whether the scheduler serves.
@Command(
    name = "health",
    description = "Tell whether the scheduler serves; exit code 1 when it does not.")
public final class HealthCommand extends ClientCommand {
  @Override
  public Integer call() {
    try (Session session = target().scheduler()) {
      GetHealthResponse answer =
          session.call(() -> session.scheduler().getHealth(GetHealthRequest.getDefaultInstance()));
      if (target().json()) {
        screen().json(answer);
      } else {
        show(answer);
      }
      return answer.getStatus().equals("healthy") ? 0 : 1;
    }
  }

  private void show(GetHealthResponse answer) {
    screen()
        .properties(
            List.of(
                List.of("status", answer.getStatus()),
                List.of("version", answer.getVersion()),
                List.of("strategy", answer.getStrategy()),
                List.of("durability", answer.getDurability()),
                List.of(
                    "instances",
                    answer.getAvailableInstances()
                        + " of "
                        + answer.getRegisteredInstances()
                        + " available"),
                List.of("live tasks", Integer.toString(answer.getLiveTasks()))));
  }
}
