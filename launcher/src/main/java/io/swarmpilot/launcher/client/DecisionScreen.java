package io.swarmpilot.launcher.client;

import io.swarmpilot.proto.scheduler.v1.DecisionCandidate;
import io.swarmpilot.proto.scheduler.v1.ExplainTaskResponse;
import io.swarmpilot.proto.scheduler.v1.QueueOutlook;
import io.swarmpilot.proto.scheduler.v1.TaskDecision;
import io.swarmpilot.proto.scheduler.v1.UsedPrediction;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Shows to people why a task was placed where it was.
final class DecisionScreen {
  private final Screen screen;

  DecisionScreen(Screen screen) {
    this.screen = screen;
  }

  void show(ExplainTaskResponse task) {
    screen.properties(properties(task));
    task.getDecisionsList().forEach(this::show);
  }

  private static List<List<String>> properties(ExplainTaskResponse task) {
    List<List<String>> pairs = new ArrayList<>();
    pairs.add(List.of("task", task.getTaskId()));
    pairs.add(List.of("model", task.getModelName()));
    pairs.add(List.of("status", task.getTaskStatus()));
    pairs.add(List.of("priority", task.getPriority()));
    if (!task.getUserId().isEmpty()) {
      pairs.add(List.of("user", task.getUserId()));
    }
    if (task.hasSloDeadlineMs()) {
      pairs.add(
          List.of(
              "objective",
              Screen.millis(task.getSloDeadlineMs())
                  + ", by "
                  + Screen.time(task.getDeadline())
                  + (task.getDemoted() ? ", demoted" : "")));
    }
    if (task.getLosses() > 0) {
      pairs.add(List.of("lost", task.getLosses() + " times (it may have run before)"));
    }
    if (task.hasQueue()) {
      pairs.add(List.of("waits", outlook(task.getQueue())));
    }
    if (!task.getMessage().equals("OK")) {
      pairs.add(List.of("remark", task.getMessage()));
    }
    return pairs;
  }

  private static String outlook(QueueOutlook queue) {
    String expected =
        queue.hasWaitingTimeExpect()
            ? "a task submitted now would wait "
                + Screen.millis(queue.getWaitingTimeExpect(), queue.getWaitingTimeError())
            : "no instance is available";
    return String.format(
        "%s so far, one of %d for %d slots; %s",
        Screen.millis(queue.getWaitedMs()), queue.getQueuedTasks(), queue.getSlots(), expected);
  }

  private void show(TaskDecision decision) {
    screen.line("");
    screen.line(
        "Attempt %d, %s, after %s in the queue"
            .formatted(
                decision.getAttempt(),
                Screen.time(decision.getDecisionTime()),
                Screen.millis(decision.getQueueWaitMs())));
    List<List<String>> pairs = new ArrayList<>();
    pairs.add(List.of("strategy", strategy(decision)));
    pairs.add(List.of("reason", decision.getReason()));
    pairs.add(List.of("confidence", Screen.number(decision.getConfidence())));
    if (decision.getEstimatedCost() > 0) {
      pairs.add(List.of("cost", Screen.number(decision.getEstimatedCost())));
    }
    decision.getNotesMap().forEach((name, value) -> pairs.add(List.of(name, value)));
    pairs.add(List.of("prediction", prediction(decision.getPrediction())));
    screen.properties(pairs);
    screen.table(
        List.of("", "INSTANCE", "SCORE", "WAIT", "EXECUTION", "P90", "P(MISS)", "TASKS", "CACHED"),
        decision.getCandidatesList().stream().map(DecisionScreen::candidate).toList());
    if (decision.getCandidatesConsidered() > decision.getCandidatesCount()) {
      screen.line(
          decision.getCandidatesCount() + " of " + decision.getCandidatesConsidered() + " shown");
    }
  }

  private static String strategy(TaskDecision decision) {
    return decision.getStrategy()
        + ", binds "
        + decision.getBinding()
        + (decision.getOverridden() ? ", asked for by the task" : "")
        + (decision.getFallback() ? ", in place of one that failed" : "");
  }

  private static String prediction(UsedPrediction prediction) {
    String quantiles =
        prediction.getQuantilesList().stream()
            .map(q -> "; " + Screen.quantile(q.getQuantile()) + " " + Screen.millis(q.getValueMs()))
            .collect(Collectors.joining());
    return Screen.millis(prediction.getMeanMs(), prediction.getErrorMs())
        + " by "
        + prediction.getMethod()
        + (prediction.getFallback() ? ", as the predictor could not tell" : "")
        + quantiles;
  }

  private static List<String> candidate(DecisionCandidate candidate) {
    return List.of(
        candidate.getChosen() ? "*" : "",
        candidate.getTiUuid(),
        candidate.hasScore() ? Screen.number(candidate.getScore()) : "-",
        candidate.hasWaitingTimeExpect()
            ? Screen.millis(candidate.getWaitingTimeExpect(), candidate.getWaitingTimeError())
            : "-",
        candidate.hasExecutionMs()
            ? Screen.millis(candidate.getExecutionMs(), candidate.getExecutionErrorMs())
            : "-",
        candidate.hasExecutionP90Ms() ? Screen.millis(candidate.getExecutionP90Ms()) : "-",
        candidate.hasMissProbability() ? Screen.number(candidate.getMissProbability()) : "-",
        candidate.getOutstandingTasks() + " of " + candidate.getSlots(),
        Integer.toString(candidate.getCachedBlocks()));
  }
}
