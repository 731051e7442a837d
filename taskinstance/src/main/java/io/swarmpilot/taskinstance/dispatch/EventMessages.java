package io.swarmpilot.taskinstance.dispatch;

import io.swarmpilot.proto.taskinstance.v1.DispatchEvent;
import io.swarmpilot.proto.taskinstance.v1.DispatchResponse;
import io.swarmpilot.proto.taskinstance.v1.Heartbeat;
import io.swarmpilot.proto.taskinstance.v1.HeldTask;
import io.swarmpilot.proto.taskinstance.v1.Inventory;
import io.swarmpilot.proto.taskinstance.v1.TaskCompleted;
import io.swarmpilot.proto.taskinstance.v1.TaskFailed;
import io.swarmpilot.proto.taskinstance.v1.TaskProgress;
import io.swarmpilot.proto.taskinstance.v1.TaskRefused;
import io.swarmpilot.proto.taskinstance.v1.TaskStarted;
import io.swarmpilot.runtime.json.JsonValues;
import io.swarmpilot.taskinstance.backend.Fault;
import io.swarmpilot.taskinstance.backend.RunFailure;
import io.swarmpilot.taskinstance.queue.FinishedTask;
import io.swarmpilot.taskinstance.queue.Holdings;
import io.swarmpilot.taskinstance.queue.Outcome;
import io.swarmpilot.taskinstance.queue.OutputPiece;
import io.swarmpilot.taskinstance.queue.QueueView;
import io.swarmpilot.taskinstance.queue.Refusal;
import io.swarmpilot.taskinstance.queue.TaskEvent;
import io.swarmpilot.taskinstance.service.StatisticsMessages;
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

  /// Adds an event, which may take several messages.
  void add(TaskEvent event, DispatchResponse.Builder batch) {
    if (event instanceof TaskEvent.Progressed progressed) {
      addPieces(progressed, batch);
    } else {
      batch.addEvents(message(event));
    }
  }

  private static void addPieces(TaskEvent.Progressed progressed, DispatchResponse.Builder batch) {
    for (OutputPiece piece : progressed.pieces()) {
      batch
          .addEventsBuilder()
          .setProgress(
              TaskProgress.newBuilder()
                  .setTaskId(progressed.taskId())
                  .setAttempt(progressed.attempt())
                  .setSequence(piece.sequence())
                  .setFrame(piece.frame())
                  .setOutput(JsonValues.of(piece.json())));
    }
  }

  private static DispatchEvent.Builder message(TaskEvent event) {
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
          case Outcome.Failed failure -> message.setFailed(failed(task, failure));
        }
      }
      case TaskEvent.Refused(String taskId, int attempt, Refusal reason) ->
          message.setRefused(
              TaskRefused.newBuilder()
                  .setTaskId(taskId)
                  .setAttempt(attempt)
                  .setReason(reason(reason)));
      case TaskEvent.Progressed _ ->
          throw new IllegalArgumentException("partial output takes a message for each piece");
    }
    return message;
  }

  private static TaskCompleted completed(FinishedTask task, String result) {
    return TaskCompleted.newBuilder()
        .setTaskId(task.taskId())
        .setAttempt(task.attempt())
        .setResult(JsonValues.of(result))
        .setExecutionMs(task.executionMs())
        .setWaitMs(task.waitMs())
        .setReplicaId(task.replicaId() == null ? "" : task.replicaId())
        .setOutput(StatisticsMessages.statistics(task.output()))
        .build();
  }

  private static TaskFailed failed(FinishedTask task, Outcome.Failed failure) {
    return TaskFailed.newBuilder()
        .setTaskId(task.taskId())
        .setAttempt(task.attempt())
        .setKind(kind(failure.kind()))
        .setFault(fault(failure.fault()))
        .setMessage(failure.message())
        .setExecutionMs(task.executionMs())
        .setWaitMs(task.waitMs())
        .setReplicaId(task.replicaId() == null ? "" : task.replicaId())
        .setOutput(StatisticsMessages.statistics(task.output()))
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

  private static TaskFailed.Fault fault(Fault fault) {
    return switch (fault) {
      case INVALID_INPUT -> TaskFailed.Fault.FAULT_INVALID_INPUT;
      case UNREACHABLE -> TaskFailed.Fault.FAULT_UNREACHABLE;
      case TIMEOUT -> TaskFailed.Fault.FAULT_TIMEOUT;
      case REFUSED -> TaskFailed.Fault.FAULT_REFUSED;
      case CRASHED -> TaskFailed.Fault.FAULT_CRASHED;
      case CANCELLED -> TaskFailed.Fault.FAULT_CANCELLED;
      case FAILED -> TaskFailed.Fault.FAULT_FAILED;
      case TOO_LARGE -> TaskFailed.Fault.FAULT_TOO_LARGE;
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
