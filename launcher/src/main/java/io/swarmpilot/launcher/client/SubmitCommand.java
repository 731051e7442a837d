package io.swarmpilot.launcher.client;

import io.swarmpilot.launcher.settings.TimeSpan;
import io.swarmpilot.proto.scheduler.v1.SubmitTaskRequest;
import io.swarmpilot.proto.scheduler.v1.SubmitTaskResponse;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Submits a task.
@Command(
    name = "submit",
    description = "Submit a task.",
    customSynopsis = "swarmpilot submit [OPTIONS] --input=JSON|@FILE|- MODEL",
    footer = {
      "",
      "Example: swarmpilot submit all-minilm-l6-v2 --input '{\"text\": \"hello\"}' --wait"
    })
public final class SubmitCommand extends ClientCommand {
  @Parameters(paramLabel = "MODEL", description = "Model that must run it.")
  private String model = "";

  @Option(
      names = "--input",
      required = true,
      paramLabel = "JSON|@FILE|-",
      description = "Input for the model, a JSON object; - reads standard input.")
  private String input = "";

  @Option(
      names = "--metadata",
      paramLabel = "JSON|@FILE",
      description = "What is known about the task, a JSON object.")
  private String metadata = "{}";

  @Option(
      names = "--task-id",
      paramLabel = "ID",
      description = "Id of your own; repeating one returns the first answer.")
  private @Nullable String taskId;

  @ArgGroup(validate = false, heading = "%nAdded to the metadata:%n")
  private TraitOptions traits = new TraitOptions();

  @Option(names = "--wait", description = "Wait for the result.")
  private boolean wait;

  @Option(
      names = "--stream",
      description = "Show what the model puts out as it comes, and wait for the end.")
  private boolean stream;

  @Option(
      names = "--max-wait",
      paramLabel = "TIME",
      description = "Longest wait for the result (default: ${DEFAULT-VALUE}).",
      converter = TimeSpan.Converter.class)
  private TimeSpan maxWait = TimeSpan.minutes(5);

  @Override
  public Integer call() {
    SubmitTaskRequest.Builder request =
        SubmitTaskRequest.newBuilder()
            .setModelName(model)
            .setTaskInput(JsonArgument.read("--input", input))
            .setMetadata(traits.addTo(JsonArgument.read("--metadata", metadata)));
    if (taskId != null) {
      request.setTaskId(taskId);
    }
    try (Session session = target().scheduler()) {
      SubmitTaskResponse answer =
          session.call(() -> session.scheduler().submitTask(request.build()));
      if (stream) {
        return FollowScreen.follow(answer.getTaskId(), maxWait.duration(), session, this);
      }
      if (wait) {
        return TaskCommand.await(answer.getTaskId(), maxWait.duration(), session, this);
      }
      if (target().json()) {
        screen().json(answer);
      } else {
        screen().line(answer.getTaskId());
      }
      return 0;
    }
  }
}
