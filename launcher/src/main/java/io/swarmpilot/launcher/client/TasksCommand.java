package io.swarmpilot.launcher.client;

import io.swarmpilot.proto.scheduler.v1.ListTasksRequest;
import io.swarmpilot.proto.scheduler.v1.ListTasksResponse;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Lists tasks.
@Command(name = "tasks", description = "List tasks, newest first.")
public final class TasksCommand extends ClientCommand {
  @Option(
      names = "--status",
      paramLabel = "STATUS",
      description = "Only queued, scheduled or completed ones.")
  private @Nullable String status;

  @Option(names = "--model", paramLabel = "MODEL", description = "Only tasks of this model.")
  private @Nullable String model;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Most tasks to list, 1 to 1000 (default: ${DEFAULT-VALUE}).")
  private int limit = 20;

  @Override
  public Integer call() {
    ListTasksRequest.Builder request = ListTasksRequest.newBuilder().setPageSize(limit);
    if (status != null) {
      request.setTaskStatus(status);
    }
    if (model != null) {
      request.setModelName(model);
    }
    try (Session session = target().scheduler()) {
      ListTasksResponse answer = session.call(() -> session.scheduler().listTasks(request.build()));
      if (target().json()) {
        screen().json(answer);
        return 0;
      }
      TaskScreen.list(answer.getTasksList(), screen());
      if (answer.getTotalTasks() > answer.getTasksCount()) {
        screen().line(answer.getTasksCount() + " of " + answer.getTotalTasks() + " shown");
      }
      return 0;
    }
  }
}
