package io.swarmpilot.launcher.client;

import io.swarmpilot.proto.scheduler.v1.Instance;
import io.swarmpilot.proto.scheduler.v1.ListInstancesRequest;
import io.swarmpilot.proto.scheduler.v1.ListInstancesResponse;
import java.util.List;
import picocli.CommandLine.Command;

/// Lists task instances; its subcommands add and remove them.
@Command(
    name = "instances",
    description = "List, register or remove task instances.",
    subcommands = {RegisterCommand.class, RemoveCommand.class})
public final class InstancesCommand extends ClientCommand {
  @Override
  public Integer call() {
    try (Session session = target().scheduler()) {
      ListInstancesResponse answer =
          session.call(
              () -> session.scheduler().listInstances(ListInstancesRequest.getDefaultInstance()));
      if (target().json()) {
        screen().json(answer);
        return 0;
      }
      screen()
          .table(
              List.of(
                  "INSTANCE",
                  "NAME",
                  "ADDRESS",
                  "MODEL",
                  "STATE",
                  "REPLICAS",
                  "SLOTS",
                  "TASKS",
                  "DONE",
                  "ENGINE"),
              answer.getInstancesList().stream()
                  .map(instance ->
                      List.of(
                          instance.getTiUuid(),
                          Screen.orDash(instance.getInstanceId()),
                          instance.getHost() + ":" + instance.getPort(),
                          Screen.orDash(instance.getModelName()),
                          instance.getState(),
                          Integer.toString(instance.getReplicas()),
                          Integer.toString(instance.getSlots()),
                          Integer.toString(instance.getOutstandingTasks()),
                          Long.toString(instance.getCompletedTasks()),
                          engine(instance)))
                  .toList());
      return 0;
    }
  }

  /// What its engines say of their load: "12 running, 3 waiting, cache 85 %".
  private static String engine(Instance instance) {
    if (!instance.hasEngineRunning()) {
      return "-";
    }
    String requests =
        instance.getEngineRunning() + " running, " + instance.getEngineWaiting() + " waiting";
    return instance.hasEngineCacheUse()
        ? requests + ", cache " + Math.round(100 * instance.getEngineCacheUse()) + " %"
        : requests;
  }
}
