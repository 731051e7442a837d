package io.swarmpilot.launcher.client;

import io.swarmpilot.proto.scheduler.v1.Task;
import java.util.ArrayList;
import java.util.List;

/// Shows tasks to people.
final class TaskScreen {
  private static final int SHOWN_RESULT = 500;

  private TaskScreen() {}

  static void show(Task task, Screen screen) {
    List<List<String>> pairs = new ArrayList<>();
    pairs.add(List.of("task", task.getTaskId()));
    pairs.add(List.of("status", status(task)));
    pairs.add(List.of("model", task.getModelName()));
    pairs.add(List.of("instance", Screen.orDash(task.getScheduledTi())));
    if (!task.getStrategy().isEmpty()) {
      pairs.add(
          List.of(
              "strategy",
              task.getStrategy() + (task.getStrategyFallback() ? " (the chosen one failed)" : "")));
    }
    addTraits(task, pairs);
    pairs.add(List.of("submitted", Screen.time(task.getSubmitTime())));
    if (task.hasWaitTimeMs()) {
      pairs.add(List.of("waited", Screen.millis(task.getWaitTimeMs())));
    }
    if (task.hasPredictedMs()) {
      pairs.add(
          List.of(
              "predicted",
              Screen.millis(task.getPredictedMs(), task.getPredictedErrorMs())
                  + " by "
                  + task.getPredictionMethod()));
    }
    if (task.hasExecutionTimeMs()) {
      pairs.add(List.of("executed", Screen.millis(task.getExecutionTimeMs())));
    }
    if (task.getOutput().hasTimeToFirstOutputMs()) {
      pairs.add(List.of("first output", Screen.millis(task.getOutput().getTimeToFirstOutputMs())));
    }
    if (task.getAttempt() > 1) {
      pairs.add(List.of("attempt", task.getAttempt() + " (it may have run before)"));
    }
    if (task.hasError()) {
      pairs.add(List.of("error", task.getError() + " (" + task.getErrorClass() + ")"));
    } else if (task.getResult().hasJson()) {
      pairs.add(List.of("result", shortened(task.getResult().getJson())));
    }
    screen.properties(pairs);
  }

  private static void addTraits(Task task, List<List<String>> pairs) {
    pairs.add(List.of("priority", task.getPriority()));
    if (!task.getUserId().isEmpty()) {
      pairs.add(List.of("user", task.getUserId()));
    }
    if (task.hasSloDeadlineMs()) {
      String met = task.hasSloMet() ? (task.getSloMet() ? ", met" : ", missed") : "";
      String demoted = task.getDemoted() ? ", demoted" : "";
      pairs.add(List.of("objective", Screen.millis(task.getSloDeadlineMs()) + met + demoted));
    }
  }

  static void list(List<Task> tasks, Screen screen) {
    screen.table(
        List.of(
            "TASK",
            "MODEL",
            "STATUS",
            "PRIORITY",
            "STRATEGY",
            "SUBMITTED",
            "WAITED",
            "EXECUTED",
            "ATTEMPT"),
        tasks.stream()
            .map(task ->
                List.of(
                    task.getTaskId(),
                    task.getModelName(),
                    status(task),
                    task.getPriority(),
                    Screen.orDash(task.getStrategy()),
                    Screen.time(task.getSubmitTime()),
                    task.hasWaitTimeMs() ? Screen.millis(task.getWaitTimeMs()) : "-",
                    task.hasExecutionTimeMs() ? Screen.millis(task.getExecutionTimeMs()) : "-",
                    Integer.toString(task.getAttempt())))
            .toList());
  }

  private static String status(Task task) {
    return task.hasSuccess() && !task.getSuccess() ? "failed" : task.getTaskStatus();
  }

  private static String shortened(String json) {
    return json.length() <= SHOWN_RESULT
        ? json
        : json.substring(0, SHOWN_RESULT) + "… (--json shows all " + json.length() + " characters)";
  }
}
