package io.swarmpilot.scheduler.dispatch;

import io.swarmpilot.proto.taskinstance.v1.DispatchEvent;
import io.swarmpilot.proto.taskinstance.v1.DispatchResponse;
import io.swarmpilot.proto.taskinstance.v1.Heartbeat;
import io.swarmpilot.proto.taskinstance.v1.Inventory;
import io.swarmpilot.proto.taskinstance.v1.TaskCompleted;
import io.swarmpilot.proto.taskinstance.v1.TaskFailed;
import io.swarmpilot.proto.taskinstance.v1.TaskProgress;
import io.swarmpilot.proto.taskinstance.v1.TaskRefused;
import io.swarmpilot.proto.taskinstance.v1.TaskStarted;
import io.swarmpilot.runtime.json.JsonValues;
import io.swarmpilot.scheduler.core.Command;
import io.swarmpilot.scheduler.core.Fault;
import io.swarmpilot.scheduler.core.HeldTask;
import io.swarmpilot.scheduler.core.Outcome;
import io.swarmpilot.scheduler.core.Outcome.FailureKind;
import io.swarmpilot.scheduler.output.OutputSink;
import io.swarmpilot.scheduler.output.Piece;
import io.swarmpilot.scheduler.payload.OutputMessages;
import io.swarmpilot.scheduler.payload.ResultPayload;
import java.util.ArrayList;
import java.util.List;

/// Events of a dispatch stream as commands. What comes before the inventory is passed over.
final class InstanceEvents {
  private final String uuid;
  private final long session;
  private final HandedOut handedOut;
  private final OutputSink output;
  private boolean inventoryCame;

  /// @param handedOut learns what becomes of the tasks
  /// @param output takes their partial output
  InstanceEvents(String uuid, long session, HandedOut handedOut, OutputSink output) {
    this.uuid = uuid;
    this.session = session;
    this.handedOut = handedOut;
    this.output = output;
  }

  /// Whether the inventory has come.
  boolean inventoryCame() {
    return inventoryCame;
  }

  List<Command> commands(DispatchResponse response) {
    List<Command> commands = new ArrayList<>(response.getEventsCount());
    for (DispatchEvent event : response.getEventsList()) {
      if (event.hasInventory()) {
        inventoryCame = true;
        commands.add(connected(event.getInventory()));
      } else if (inventoryCame) {
        add(event, commands);
      }
    }
    return commands;
  }

  private void add(DispatchEvent event, List<Command> commands) {
    switch (event.getEventCase()) {
      case HEARTBEAT -> {
        Heartbeat heartbeat = event.getHeartbeat();
        handedOut.told(heartbeat.getPending() + heartbeat.getRunning());
        commands.add(
            new Command.Heard(uuid, session, MeshStatus.of(heartbeat), MeshStatus.load(heartbeat)));
      }
      case STARTED -> commands.add(started(event.getStarted()));
      case COMPLETED -> commands.add(ended(event.getCompleted()));
      case FAILED -> commands.add(ended(event.getFailed()));
      case REFUSED -> commands.add(refused(event.getRefused()));
      case PROGRESS -> progressed(event.getProgress());
      case INVENTORY, EVENT_NOT_SET -> {
        // The inventory is handled before.
      }
    }
  }

  private Command connected(Inventory inventory) {
    List<HeldTask> held =
        inventory.getTasksList().stream()
            .map(task -> new HeldTask(task.getTaskId(), task.getAttempt(), task.getRunning()))
            .toList();
    handedOut.holds(held);
    return new Command.Connected(
        uuid, session, inventory.getIncarnation(), MeshStatus.of(inventory.getStatus()), held);
  }

  private void progressed(TaskProgress progress) {
    if (JsonValues.isPresent(progress.getOutput()) && progress.getSequence() >= 0) {
      output.progressed(
          uuid,
          progress.getTaskId(),
          new Piece(
              progress.getAttempt(),
              progress.getSequence(),
              progress.getFrame(),
              progress.getOutput()));
    }
  }

  private Command started(TaskStarted started) {
    handedOut.started(started.getTaskId(), started.getAttempt());
    return new Command.Started(
        uuid, started.getTaskId(), started.getAttempt(), started.getReplicaId());
  }

  private Command ended(TaskCompleted completed) {
    handedOut.heardOf(completed.getTaskId(), completed.getAttempt());
    Outcome outcome =
        new Outcome.Succeeded(
            new ResultPayload(completed.getResult()),
            time(completed.getExecutionMs()),
            completed.getReplicaId(),
            OutputMessages.decode(completed.getOutput()));
    return new Command.Ended(uuid, completed.getTaskId(), completed.getAttempt(), outcome);
  }

  private Command ended(TaskFailed failed) {
    handedOut.heardOf(failed.getTaskId(), failed.getAttempt());
    FailureKind kind =
        switch (failed.getKind()) {
          case KIND_REPLICA_LOST -> FailureKind.LOST;
          case KIND_CANCELLED -> FailureKind.CANCELLED;
          case KIND_INVALID_INPUT -> FailureKind.INVALID;
          case KIND_UNSPECIFIED, KIND_EXECUTION, UNRECOGNIZED -> FailureKind.FINAL;
        };
    String message = kind == FailureKind.CANCELLED ? "cancelled" : failed.getMessage();
    Outcome outcome =
        new Outcome.Failed(
            kind,
            fault(failed, kind),
            message.isEmpty() ? "the instance gave no reason" : message,
            time(failed.getExecutionMs()),
            failed.getReplicaId(),
            OutputMessages.decode(failed.getOutput()));
    return new Command.Ended(uuid, failed.getTaskId(), failed.getAttempt(), outcome);
  }

  private static Fault fault(TaskFailed failed, FailureKind kind) {
    return switch (failed.getFault()) {
      case FAULT_INVALID_INPUT -> Fault.INVALID_INPUT;
      case FAULT_UNREACHABLE -> Fault.UNREACHABLE;
      case FAULT_TIMEOUT -> Fault.TIMEOUT;
      case FAULT_REFUSED -> Fault.REFUSED;
      case FAULT_CRASHED -> Fault.CRASHED;
      case FAULT_CANCELLED -> Fault.CANCELLED;
      case FAULT_FAILED -> Fault.FAILED;
      case FAULT_TOO_LARGE -> Fault.TOO_LARGE;
      case FAULT_UNSPECIFIED, UNRECOGNIZED -> Fault.of(kind);
    };
  }

  private Command refused(TaskRefused refused) {
    handedOut.heardOf(refused.getTaskId(), refused.getAttempt());
    boolean full = refused.getReason() == TaskRefused.Reason.REASON_QUEUE_FULL;
    String reason =
        switch (refused.getReason()) {
          case REASON_QUEUE_FULL -> "its queue is full";
          case REASON_NO_REPLICA -> "it runs no replica";
          case REASON_MODEL_MISMATCH -> "it runs another model";
          case REASON_DRAINING -> "it is shutting down";
          case REASON_UNSPECIFIED, UNRECOGNIZED -> "it did not take the task";
        };
    return new Command.Refused(uuid, refused.getTaskId(), refused.getAttempt(), full, reason);
  }

  private static double time(double ms) {
    return Double.isFinite(ms) && ms > 0 ? ms : 0;
  }
}
