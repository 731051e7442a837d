package io.swarmpilot.launcher.client;

import io.swarmpilot.launcher.settings.Moment;
import io.swarmpilot.proto.scheduler.v1.ListTasksRequest;
import io.swarmpilot.proto.scheduler.v1.ListTasksResponse;
import java.util.function.Consumer;
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

  @Option(names = "--user", paramLabel = "ID", description = "Only tasks of this user.")
  private @Nullable String user;

  @Option(
      names = "--instance",
      paramLabel = "UUID",
      description = "Only tasks assigned to this instance.")
  private @Nullable String instance;

  @Option(
      names = "--priority",
      paramLabel = "NAME",
      description = "Only tasks of this priority, by name or 0 to 4.")
  private @Nullable String priority;

  @Option(
      names = "--strategy",
      paramLabel = "NAME",
      description = "Only tasks placed by this strategy.")
  private @Nullable String strategy;

  @Option(
      names = "--success",
      arity = "1",
      paramLabel = "true|false",
      description = "Only completed ones that succeeded, or that failed.")
  private @Nullable Boolean success;

  @Option(
      names = "--since",
      paramLabel = "WHEN",
      converter = Moment.Converter.class,
      description =
          "Only tasks submitted since then: 10m (ago), 2026-01-31T12:00:00Z, Unix seconds.")
  private @Nullable Moment since;

  @Option(
      names = "--until",
      paramLabel = "WHEN",
      converter = Moment.Converter.class,
      description = "Only tasks submitted before then.")
  private @Nullable Moment until;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Most tasks to list, 1 to 1000 (default: ${DEFAULT-VALUE}).")
  private int limit = 20;

  @Override
  public Integer call() {
    ListTasksRequest request = request();
    try (Session session = target().scheduler()) {
      ListTasksResponse answer = session.call(() -> session.scheduler().listTasks(request));
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

  private ListTasksRequest request() {
    ListTasksRequest.Builder request = ListTasksRequest.newBuilder().setPageSize(limit);
    set(status, request::setTaskStatus);
    set(model, request::setModelName);
    set(user, request::setUserId);
    set(instance, request::setScheduledTi);
    set(priority, request::setPriority);
    set(strategy, request::setStrategy);
    set(success, request::setSuccess);
    set(since, moment -> request.setSubmittedAfter(moment.unixSeconds()));
    set(until, moment -> request.setSubmittedBefore(moment.unixSeconds()));
    return request.build();
  }

  private static <T> void set(@Nullable T filter, Consumer<T> setter) {
    if (filter != null) {
      setter.accept(filter);
    }
  }
}
