package io.swarmpilot.scheduler.service;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.swarmpilot.proto.common.v1.JsonValue;
import io.swarmpilot.proto.scheduler.v1.Task;
import io.swarmpilot.runtime.json.JsonValues;
import io.swarmpilot.scheduler.core.TaskSnapshot;
import io.swarmpilot.scheduler.core.TaskSnapshot.Prediction;
import io.swarmpilot.scheduler.core.TaskStatus;
import io.swarmpilot.scheduler.payload.ResultPayload;

/// Tasks as users see them.
final class Tasks {
  private static final double MS_PER_SECOND = 1_000;

  private Tasks() {}

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
            .setPredictionMethod(task.prediction().method());
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

  private static void predict(Task.Builder encoded, Prediction prediction) {
    if (Double.isFinite(prediction.meanMs())) {
      encoded.setPredictedMs(prediction.meanMs()).setPredictedErrorMs(prediction.errorMs());
    }
  }

  private static void complete(Task.Builder encoded, TaskSnapshot task) {
    encoded
        .setSuccess(task.success())
        .setCompletionTime(task.submitUnix() + task.totalMs() / MS_PER_SECOND)
        .setExecutionTimeMs(task.executionMs())
        .setTotalTimeMs(task.totalMs());
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
