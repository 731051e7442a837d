package io.swarmpilot.taskinstance.dispatch;

import io.swarmpilot.proto.taskinstance.v1.DispatchEvent;
import io.swarmpilot.proto.taskinstance.v1.Heartbeat;
import io.swarmpilot.proto.taskinstance.v1.HeldTask;
import io.swarmpilot.proto.taskinstance.v1.Inventory;
import io.swarmpilot.proto.taskinstance.v1.TaskCompleted;
import io.swarmpilot.proto.taskinstance.v1.TaskFailed;
import io.swarmpilot.proto.taskinstance.v1.TaskRefused;
import io.swarmpilot.proto.taskinstance.v1.TaskStarted;
import io.swarmpilot.runtime.json.JsonValues;
import io.swarmpilot.taskinstance.backend.RunFailure;
import io.swarmpilot.taskinstance.queue.FinishedTask;
import io.swarmpilot.taskinstance.queue.Holdings;
import io.swarmpilot.taskinstance.queue.Outcome;
import io.swarmpilot.taskinstance.queue.QueueView;
import io.swarmpilot.taskinstance.queue.Refusal;
import io.swarmpilot.taskinstance.queue.TaskEvent;
import io.swarmpilot.taskinstance.service.StatusMessages;

/// Writes events for the wire.
final class EventMessages {
  private final StatusMessages status;

  EventMessages(StatusMessages status) {
    this.status = status;
  }

  DispatchEvent inventory(Holdings holdings) {
    Inventory.Builder inventory =
        Inventory.newBuilder()
            .setIncarnation(status.identity().incarnation())
            .setStatus(status.status(holdings.view()));
    holdings
        .tasks()
        .forEach(task ->
            inventory.addTasks(
                HeldTask.newBuilder()
                    .setTaskId(task.taskId())
                    .setAttempt(task.attempt())
                    .setRunning(task.running())));
    return DispatchEvent.newBuilder().setInventory(inventory).build();
  }

  DispatchEvent heartbeat(QueueView view) {
    Heartbeat heartbeat = status.heartbeat(view);
    return DispatchEvent.newBuilder().setHeartbeat(heartbeat).build();
  }

  DispatchEvent event(TaskEvent event) {
    DispatchEvent.Builder message = DispatchEvent.newBuilder();
    switch (event) {
      case TaskEvent.Started(String taskId, int attempt, String replicaId, double waitMs) ->
          message.setStarted(
              TaskStarted.newBuilder()
                  .setTaskId(taskId)
                  .setAttempt(attempt)
                  .setReplicaId(replicaId)
                  .setWaitMs(waitMs));
      case TaskEvent.Ended(FinishedTask task) -> {
        switch (task.outcome()) {
          case Outcome.Succeeded(String result) -> message.setCompleted(completed(task, result));
          case Outcome.Failed(RunFailure.Kind kind, String text) ->
              message.setFailed(failed(task, kind, text));
        }
      }
      case TaskEvent.Refused(String taskId, int attempt, Refusal reason) ->
          message.setRefused(
              TaskRefused.newBuilder()
                  .setTaskId(taskId)
                  .setAttempt(attempt)
                  .setReason(reason(reason)));
    }
    return message.build();
  }

  private static TaskCompleted completed(FinishedTask task, String result) {
    return TaskCompleted.newBuilder()
        .setTaskId(task.taskId())
        .setAttempt(task.attempt())
        .setResult(JsonValues.of(result))
        .setExecutionMs(task.executionMs())
        .setWaitMs(task.waitMs())
        .setReplicaId(task.replicaId() == null ? "" : task.replicaId())
        .build();
  }

  private static TaskFailed failed(FinishedTask task, RunFailure.Kind kind, String message) {
    return TaskFailed.newBuilder()
        .setTaskId(task.taskId())
        .setAttempt(task.attempt())
        .setKind(kind(kind))
        .setMessage(message)
        .setExecutionMs(task.executionMs())
        .setWaitMs(task.waitMs())
        .setReplicaId(task.replicaId() == null ? "" : task.replicaId())
        .build();
  }

  private static TaskFailed.Kind kind(RunFailure.Kind kind) {
    return switch (kind) {
      case INVALID_INPUT -> TaskFailed.Kind.KIND_INVALID_INPUT;
      case EXECUTION -> TaskFailed.Kind.KIND_EXECUTION;
      case REPLICA_LOST -> TaskFailed.Kind.KIND_REPLICA_LOST;
      case CANCELLED -> TaskFailed.Kind.KIND_CANCELLED;
    };
  }

  private static TaskRefused.Reason reason(Refusal refusal) {
    return switch (refusal) {
      case QUEUE_FULL -> TaskRefused.Reason.REASON_QUEUE_FULL;
      case NO_REPLICA -> TaskRefused.Reason.REASON_NO_REPLICA;
      case MODEL_MISMATCH -> TaskRefused.Reason.REASON_MODEL_MISMATCH;
      case DRAINING -> TaskRefused.Reason.REASON_DRAINING;
    };
  }
}
