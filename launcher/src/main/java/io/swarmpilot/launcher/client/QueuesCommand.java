package io.swarmpilot.launcher.client;

import io.swarmpilot.proto.scheduler.v1.GetQueueInfoRequest;
import io.swarmpilot.proto.scheduler.v1.GetQueueInfoResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Shows how long a task would wait.
@Command(name = "queues", description = "Show how long a task submitted now would wait.")
public final class QueuesCommand extends ClientCommand {
  @Option(names = "--model", paramLabel = "MODEL", description = "Only instances of this model.")
  private @Nullable String model;

  @Override
  public Integer call() {
    GetQueueInfoRequest.Builder request = GetQueueInfoRequest.newBuilder();
    if (model != null) {
      request.setModelName(model);
    }
    try (Session session = target().scheduler()) {
      GetQueueInfoResponse answer =
          session.call(() -> session.scheduler().getQueueInfo(request.build()));
      if (target().json()) {
        screen().json(answer);
        return 0;
      }
      screen()
          .table(
              List.of("MODEL", "INSTANCE", "STATE", "REPLICAS", "TASKS", "WAIT"),
              answer.getQueuesList().stream()
                  .map(queue ->
                      List.of(
                          Screen.orDash(queue.getModelName()),
                          queue.getTiUuid(),
                          queue.getState(),
                          Integer.toString(queue.getReplicas()),
                          Integer.toString(queue.getQueueSize()),
                          Screen.millis(queue.getWaitingTimeExpect(), queue.getWaitingTimeError())))
                  .toList());
      return 0;
    }
  }
}
