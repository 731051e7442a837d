package io.swarmpilot.launcher.client;

import io.swarmpilot.launcher.settings.TimeSpan;
import io.swarmpilot.proto.scheduler.v1.QueryTaskRequest;
import io.swarmpilot.proto.scheduler.v1.Task;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Shows a task.
@Command(name = "task", description = "Show a task and its result.")
public final class TaskCommand extends ClientCommand {
  @Parameters(paramLabel = "ID", description = "Id of the task.")
  private String taskId = "";

  @Option(names = "--wait", description = "Wait until it has ended.")
  private boolean wait;

  @Option(
      names = "--follow",
      description = "Show what its model puts out as it comes, until it has ended.")
  private boolean follow;

  @Option(
      names = "--max-wait",
      paramLabel = "TIME",
      description = "Longest wait (default: ${DEFAULT-VALUE}).",
      converter = TimeSpan.Converter.class)
  private TimeSpan maxWait = TimeSpan.minutes(5);

  @Override
  public Integer call() {
    try (Session session = target().scheduler()) {
      if (follow) {
        return FollowScreen.follow(taskId, maxWait.duration(), session, this);
      }
      return wait ? await(taskId, maxWait.duration(), session, this) : show(taskId, session, this);
    }
  }

  /// Waits for a task, shows it, and fails when it failed.
  static int await(String taskId, Duration maxWait, Session session, ClientCommand command) {
    boolean failed = session.completion(taskId, maxWait).success().equals(Optional.of(false));
    show(taskId, session, command);
    return failed ? 1 : 0;
  }

  private static int show(String taskId, Session session, ClientCommand command) {
    QueryTaskRequest request = QueryTaskRequest.newBuilder().setTaskId(taskId).build();
    Task task = session.call(() -> session.scheduler().queryTask(request)).getTask();
    if (command.target().json()) {
      command.screen().json(task);
    } else {
      TaskScreen.show(task, command.screen());
    }
    return 0;
  }
}
