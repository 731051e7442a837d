package io.swarmpilot.launcher.client;

import io.swarmpilot.proto.scheduler.v1.Task;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/// Shows tasks to people.
final class TaskScreen {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());
  private static final int SHOWN_RESULT = 500;

  private TaskScreen() {}

  static void show(Task task, Screen screen) {
    List<List<String>> pairs = new ArrayList<>();
    pairs.add(List.of("task", task.getTaskId()));
    pairs.add(List.of("status", status(task)));
    pairs.add(List.of("model", task.getModelName()));
    pairs.add(List.of("instance", Screen.orDash(task.getScheduledTi())));
    pairs.add(List.of("submitted", time(task.getSubmitTime())));
    if (task.hasWaitTimeMs()) {
      pairs.add(List.of("waited", Screen.millis(task.getWaitTimeMs())));
    }
    if (task.hasPredictedMs()) {
      pairs.add(
          List.of("predicted", Screen.millis(task.getPredictedMs(), task.getPredictedErrorMs())));
    }
    if (task.hasExecutionTimeMs()) {
      pairs.add(List.of("executed", Screen.millis(task.getExecutionTimeMs())));
    }
    if (task.getAttempt() > 1) {
      pairs.add(List.of("attempt", task.getAttempt() + " (it may have run before)"));
    }
    if (task.hasError()) {
      pairs.add(List.of("error", task.getError()));
    } else if (task.getResult().hasJson()) {
      pairs.add(List.of("result", shortened(task.getResult().getJson())));
    }
    screen.properties(pairs);
  }

  static void list(List<Task> tasks, Screen screen) {
    screen.table(
        List.of("TASK", "MODEL", "STATUS", "SUBMITTED", "WAITED", "EXECUTED", "ATTEMPT"),
        tasks.stream()
            .map(task ->
                List.of(
                    task.getTaskId(),
                    task.getModelName(),
                    status(task),
                    time(task.getSubmitTime()),
                    task.hasWaitTimeMs() ? Screen.millis(task.getWaitTimeMs()) : "-",
                    task.hasExecutionTimeMs() ? Screen.millis(task.getExecutionTimeMs()) : "-",
                    Integer.toString(task.getAttempt())))
            .toList());
  }

  private static String status(Task task) {
    return task.hasSuccess() && !task.getSuccess() ? "failed" : task.getTaskStatus();
  }

  private static String time(double unixSeconds) {
    return TIME.format(Instant.ofEpochMilli((long) (unixSeconds * 1_000)));
  }

  private static String shortened(String json) {
    return json.length() <= SHOWN_RESULT
        ? json
        : json.substring(0, SHOWN_RESULT) + "… (--json shows all " + json.length() + " characters)";
  }
}
