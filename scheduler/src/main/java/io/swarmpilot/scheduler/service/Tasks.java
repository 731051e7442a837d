package io.swarmpilot.scheduler.service;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.google.common.base.Ascii;
import com.google.common.primitives.Doubles;
import io.swarmpilot.proto.common.v1.JsonValue;
import io.swarmpilot.proto.scheduler.v1.Task;
import io.swarmpilot.runtime.error.ErrorReason;
import io.swarmpilot.runtime.error.MeshException;
import io.swarmpilot.runtime.error.Violations;
import io.swarmpilot.runtime.json.JsonValues;
import io.swarmpilot.scheduler.core.TaskSnapshot;
import io.swarmpilot.scheduler.core.TaskSnapshot.Prediction;
import io.swarmpilot.scheduler.core.TaskStatus;
import io.swarmpilot.scheduler.payload.OutputMessages;
import io.swarmpilot.scheduler.payload.ResultPayload;
import io.swarmpilot.scheduler.policy.Priority;
import io.swarmpilot.scheduler.view.TaskTable;
import java.util.Optional;

/// Tasks as users see them.
final class Tasks {
  /// What a priority may be given as.
  static final String PRIORITIES =
      "must be critical, high, normal, low or background, or its number from 0 to 4";

  private static final double MS_PER_SECOND = 1_000;

  private Tasks() {}

  /// The task of an id, or the refusal to give when there is none.
  static TaskSnapshot find(TaskTable tasks, String taskId) {
    new Violations().requirePresent(!taskId.isEmpty(), "task_id").throwIfAny();
    return tasks.find(taskId).orElseThrow(() -> notFound(taskId));
  }

  static MeshException notFound(String taskId) {
    return MeshException.of(ErrorReason.TASK_NOT_FOUND, "Task " + taskId + " not found");
  }

  static Task encode(TaskSnapshot task) {
    Task.Builder encoded =
        Task.newBuilder()
            .setTaskId(task.taskId())
            .setTaskStatus(status(task.status()))
            .setScheduledTi(task.instance())
            .setSubmitTime(task.submitUnix())
            .setModelName(task.model())
            .setAttempt(task.attempt())
            .setStrategy(task.strategy())
            .setPredictionMethod(task.prediction().method())
            .setPredictionFallback(task.prediction().fallback())
            .setStrategyFallback(task.strategyFallback())
            .setPriority(name(task.traits().priority()))
            .setUserId(task.traits().user())
            .setDemoted(task.demoted());
    if (hasSlo(task)) {
      encoded.setSloDeadlineMs(task.traits().sloMs());
    }
    predict(encoded, task.prediction());
    if (Double.isFinite(task.waitMs())) {
      encoded.setWaitTimeMs(task.waitMs());
    }
    if (!task.replica().isEmpty()) {
      encoded.setReplicaId(task.replica());
    }
    if (task.status() == TaskStatus.COMPLETED) {
      complete(encoded, task);
    }
    return encoded.build();
  }

  static String status(TaskStatus status) {
    return switch (status) {
      case QUEUED -> "queued";
      case SCHEDULED -> "scheduled";
      case COMPLETED -> "completed";
    };
  }

  static String name(Priority priority) {
    return Ascii.toLowerCase(priority.name());
  }

  /// The priority of a name, or of a number written as text.
  static Optional<Priority> priority(String text) {
    Double number = Doubles.tryParse(text);
    return number == null ? Priority.named(text) : Priority.of(number);
  }

  static boolean hasSlo(TaskSnapshot task) {
    return task.traits().sloMs() > 0;
  }

  /// A moment of a task's life, Unix seconds.
  ///
  /// @param ms after its submission
  static double unixSeconds(TaskSnapshot task, double ms) {
    return task.submitUnix() + ms / MS_PER_SECOND;
  }

  private static void predict(Task.Builder encoded, Prediction prediction) {
    if (Double.isFinite(prediction.meanMs())) {
      encoded.setPredictedMs(prediction.meanMs()).setPredictedErrorMs(prediction.errorMs());
    }
  }

  private static void complete(Task.Builder encoded, TaskSnapshot task) {
    encoded
        .setSuccess(task.success())
        .setCompletionTime(unixSeconds(task, task.totalMs()))
        .setExecutionTimeMs(task.executionMs())
        .setTotalTimeMs(task.totalMs())
        .setOutput(OutputMessages.encode(task.output()));
    task.fault().ifPresent(fault -> encoded.setErrorClass(Ascii.toLowerCase(fault.name())));
    if (hasSlo(task)) {
      encoded.setSloMet(task.success() && task.totalMs() <= task.traits().sloMs());
    }
    if (!task.success()) {
      encoded.setError(task.error()).setResult(failure(task.error()));
    } else if (task.result() instanceof ResultPayload result) {
      encoded.setResult(result.json());
    }
  }

  private static JsonValue failure(String error) {
    char[] quoted = JsonStringEncoder.getInstance().quoteAsString(error);
    return JsonValues.of("{\"error\":\"" + String.valueOf(quoted) + "\"}");
  }
}
