package io.swarmpilot.scheduler.service;

import io.swarmpilot.proto.common.v1.JsonValue;
import io.swarmpilot.runtime.error.FieldViolation;
import io.swarmpilot.runtime.error.Violations;
import io.swarmpilot.runtime.json.CheckedJson;
import io.swarmpilot.runtime.json.JsonValues;
import io.swarmpilot.scheduler.core.Answer;
import io.swarmpilot.scheduler.core.Answer.NotedWithout;
import io.swarmpilot.scheduler.core.Command;
import io.swarmpilot.scheduler.core.Outcome;
import io.swarmpilot.scheduler.core.Outcome.FailureKind;
import io.swarmpilot.scheduler.dispatch.Links;
import io.swarmpilot.scheduler.payload.ResultPayload;
import io.swarmpilot.scheduler.view.SchedulerView;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Word of foreign instances that tasks ended.
final class Notes {
  private final SchedulerView view;
  private final Links links;
  private final Requests requests;

  Notes(SchedulerView view, Links links, Requests requests) {
    this.view = view;
    this.links = links;
    this.requests = requests;
  }

  /// Records an outcome that came with the word.
  CompletionStage<Answer.Noted> note(String reporter, String taskId, Outcome outcome) {
    String local = links.localTaskId(taskId);
    return requests.ask(reply -> new Command.Note(reporter, local, outcome, reply));
  }

  /// Records the outcome that the instance keeps for a task, or that it ended when it keeps none.
  CompletionStage<Answer.Noted> noteFetched(String reporter, String taskId, double executionMs) {
    String local = links.localTaskId(taskId);
    CompletionStage<Optional<Outcome>> kept =
        view.tasks()
            .find(local)
            .map(task -> links.fetchOutcome(task.instance(), local))
            .orElseGet(() -> CompletableFuture.completedStage(Optional.empty()));
    Outcome bare = succeeded(JsonValue.getDefaultInstance(), executionMs);
    return kept.thenCompose(outcome -> note(reporter, local, outcome.orElse(bare)));
  }

  /// The result as JSON text, after checking that it is JSON.
  static JsonValue result(JsonValue result, Violations violations) {
    if (!JsonValues.isPresent(result)) {
      return result;
    }
    try {
      String text = JsonValues.text(result);
      if (CheckedJson.isChecked() || JsonValues.isJson(text)) {
        return JsonValues.of(text);
      }
      violations.add(new FieldViolation("result", "json_invalid", "Input is not valid JSON"));
    } catch (IllegalArgumentException e) {
      violations.add(FieldViolation.invalid("result", "must hold finite numbers only"));
    }
    return JsonValue.getDefaultInstance();
  }

  static Outcome outcome(JsonValue result, String error, double executionMs, String replica) {
    return error.isEmpty()
        ? new Outcome.Succeeded(new ResultPayload(result), executionMs, replica)
        : new Outcome.Failed(FailureKind.FINAL, error, executionMs, replica);
  }

  static String message(Answer.Noted answer) {
    return switch (answer) {
      case Answer.NotedCompleted completed -> "OK";
      case NotedWithout without ->
          switch (without) {
            case UNKNOWN_INSTANCE -> "TaskInstance not found";
            case UNKNOWN_TASK -> "Task not found";
            case ALREADY_COMPLETED -> "Task already completed";
            case NOT_ASSIGNED -> "Task is not assigned to this TaskInstance";
          };
    };
  }

  /// A repetition is harmless, hence a success.
  static String status(Answer.Noted answer, boolean repetitionWarns) {
    boolean fine =
        answer instanceof Answer.NotedCompleted
            || (answer == NotedWithout.ALREADY_COMPLETED && !repetitionWarns);
    return fine ? "success" : "warning";
  }

  private static Outcome succeeded(JsonValue result, double executionMs) {
    return outcome(result, "", executionMs, "");
  }
}
