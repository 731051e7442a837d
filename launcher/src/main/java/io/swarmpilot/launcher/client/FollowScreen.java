package io.swarmpilot.launcher.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.swarmpilot.proto.common.v1.OutputStatistics;
import io.swarmpilot.proto.scheduler.v1.FollowTaskRequest;
import io.swarmpilot.proto.scheduler.v1.FollowTaskResponse;
import io.swarmpilot.proto.scheduler.v1.Task;
import io.swarmpilot.proto.scheduler.v1.TaskOutput;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/// Shows what a task puts out while it runs: the text to people, every event to programs.
final class FollowScreen {
  private static final JsonMapper MAPPER = new JsonMapper();

  /// Where engines put the text of a piece.
  private static final List<String> TEXTS =
      List.of(
          "/choices/0/delta/content",
          "/choices/0/text",
          "/message/content",
          "/response",
          "/text",
          "/token");

  private final Screen screen;
  private int attempt;
  private boolean begun;

  private FollowScreen(Screen screen) {
    this.screen = screen;
  }

  /// Follows a task to its end, and fails when it failed.
  static int follow(String taskId, Duration maxWait, Session session, ClientCommand command) {
    FollowTaskRequest request = FollowTaskRequest.newBuilder().setTaskId(taskId).build();
    return session.call(() -> {
      Iterator<FollowTaskResponse> events = session.scheduler(maxWait).followTask(request);
      return command.target().json()
          ? print(events, command.screen())
          : new FollowScreen(command.screen()).show(events);
    });
  }

  private static int print(Iterator<FollowTaskResponse> events, Screen screen) {
    FollowTaskResponse last = FollowTaskResponse.getDefaultInstance();
    while (events.hasNext()) {
      last = events.next();
      screen.json(last);
    }
    return exitCode(last.getData());
  }

  private int show(Iterator<FollowTaskResponse> events) {
    Task task = Task.getDefaultInstance();
    while (events.hasNext()) {
      FollowTaskResponse event = events.next();
      if (event.hasOutput()) {
        show(event.getOutput());
      } else {
        task = event.getData();
      }
    }
    end(task);
    return exitCode(task);
  }

  private void show(TaskOutput output) {
    if (begun && output.getAttempt() > attempt) {
      screen.line("");
      screen.line("(its instance was lost; attempt " + output.getAttempt() + " begins again)");
    }
    attempt = output.getAttempt();
    if (output.getDropped() > 0) {
      screen.text("[… " + output.getDropped() + " pieces dropped …]");
    }
    text(output.getPiece().getJson())
        .ifPresent(text -> {
          begun = true;
          screen.text(text);
        });
  }

  private void end(Task task) {
    if (begun) {
      screen.line("");
      screen.line("");
    } else if (task.getResult().hasJson() && task.getSuccess()) {
      screen.line(task.getResult().getJson());
      screen.line("");
    }
    screen.line(summary(task));
  }

  private static String summary(Task task) {
    StringBuilder text = new StringBuilder(task.getTaskId());
    if (!task.getSuccess()) {
      return text.append(" failed: ").append(task.getError()).toString();
    }
    text.append(": waited ").append(Screen.millis(task.getWaitTimeMs()));
    text.append(", executed ").append(Screen.millis(task.getExecutionTimeMs()));
    OutputStatistics output = task.getOutput();
    if (output.hasTimeToFirstOutputMs()) {
      text.append(", first output after ").append(Screen.millis(output.getTimeToFirstOutputMs()));
    }
    if (output.hasGapMeanMs()) {
      text.append(", then every ").append(Screen.millis(output.getGapMeanMs()));
    }
    if (output.hasCompletionTokens()) {
      text.append(", ").append(output.getCompletionTokens()).append(" tokens");
    }
    return text.toString();
  }

  /// The text of a piece; pieces of other kinds as they are.
  private static Optional<String> text(String json) {
    try {
      JsonNode piece = MAPPER.readTree(json);
      if (piece.isTextual()) {
        return Optional.of(piece.textValue());
      }
      Optional<String> known =
          TEXTS.stream()
              .map(piece::at)
              .filter(JsonNode::isTextual)
              .map(JsonNode::textValue)
              .findFirst();
      boolean chunk = piece.has("choices") || piece.has("done");
      return known.isPresent() || chunk ? known : Optional.of(json + System.lineSeparator());
    } catch (JsonProcessingException e) {
      return Optional.of(json);
    }
  }

  private static int exitCode(Task task) {
    return task.getSuccess() ? 0 : 1;
  }
}
