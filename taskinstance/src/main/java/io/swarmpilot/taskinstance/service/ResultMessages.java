package io.swarmpilot.taskinstance.service;

import io.swarmpilot.proto.taskinstance.v1.TaskResult;
import io.swarmpilot.runtime.json.JsonValues;
import io.swarmpilot.taskinstance.backend.Fault;
import io.swarmpilot.taskinstance.backend.RunFailure;
import io.swarmpilot.taskinstance.queue.FinishedTask;
import io.swarmpilot.taskinstance.queue.Outcome;
import java.util.Locale;

/// Tells how a task ended.
final class ResultMessages {
  private ResultMessages() {}

  static TaskResult result(FinishedTask task) {
    TaskResult.Builder result =
        TaskResult.newBuilder()
            .setTaskId(task.taskId())
            .setEnqueueTime(task.enqueueTime())
            .setCompletionTime(task.completionTime())
            .setWaitTime(task.waitMs())
            .setExecutionTime(task.executionMs())
            .setTotalTime(task.totalMs())
            .setOutput(StatisticsMessages.statistics(task.output()));
    switch (task.outcome()) {
      case Outcome.Succeeded(String json) ->
          result.setStatus("completed").setResult(JsonValues.of(json));
      case Outcome.Failed(RunFailure.Kind kind, Fault fault, String message) ->
          result
              .setStatus(kind == RunFailure.Kind.CANCELLED ? "cancelled" : "failed")
              .setError(message)
              .setErrorClass(fault.name().toLowerCase(Locale.ROOT));
    }
    if (task.replicaId() != null) {
      result.setReplicaId(task.replicaId());
    }
    return result.build();
  }
}
