package io.swarmpilot.launcher.client;

import io.swarmpilot.proto.scheduler.v1.GetQueueInfoRequest;
import io.swarmpilot.proto.scheduler.v1.GetQueueInfoResponse;
import io.swarmpilot.proto.scheduler.v1.ModelQueue;
import io.swarmpilot.proto.scheduler.v1.QueueInfo;
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
      show(answer);
      return 0;
    }
  }

  private void show(GetQueueInfoResponse answer) {
    if (answer.getModelsCount() > 0) {
      screen()
          .table(
              List.of("MODEL", "QUEUED", "OLDEST", "SLOTS", "WAIT"),
              answer.getModelsList().stream().map(QueuesCommand::model).toList());
      screen().line("");
    }
    screen()
        .table(
            List.of("MODEL", "INSTANCE", "STATE", "REPLICAS", "TASKS", "CREDIT", "WAIT"),
            answer.getQueuesList().stream().map(QueuesCommand::instance).toList());
  }

  private static List<String> model(ModelQueue queue) {
    return List.of(
        queue.getModelName(),
        Integer.toString(queue.getQueuedTasks()),
        queue.getQueuedTasks() > 0 ? Screen.millis(queue.getOldestWaitMs()) : "-",
        Integer.toString(queue.getSlots()),
        queue.hasWaitingTimeExpect()
            ? Screen.millis(queue.getWaitingTimeExpect(), queue.getWaitingTimeError())
            : "no instance");
  }

  private static List<String> instance(QueueInfo queue) {
    return List.of(
        Screen.orDash(queue.getModelName()),
        queue.getTiUuid(),
        queue.getState(),
        Integer.toString(queue.getReplicas()),
        Integer.toString(queue.getQueueSize()),
        Integer.toString(queue.getCredit()),
        Screen.millis(queue.getWaitingTimeExpect(), queue.getWaitingTimeError()));
  }
}
