package io.swarmpilot.scheduler.dispatch;

import io.swarmpilot.proto.taskinstance.v1.AbortTask;
import io.swarmpilot.proto.taskinstance.v1.AcknowledgeOutcome;
import io.swarmpilot.proto.taskinstance.v1.DispatchCommand;
import io.swarmpilot.proto.taskinstance.v1.ExecuteTask;
import io.swarmpilot.proto.taskinstance.v1.FollowOutput;
import io.swarmpilot.scheduler.core.Effect;
import io.swarmpilot.scheduler.core.TaskSnapshot;
import io.swarmpilot.scheduler.payload.TaskPayload;

/// Effects as commands of the dispatch stream.
final class Commands {
  /// A task is given some time even if it has none: whoever gave it the bound ends it anyway.
  private static final double LEAST_REMAINING_MS = 1;

  private Commands() {}

  static DispatchCommand encode(Effect effect) {
    return switch (effect) {
      case Effect.Dispatch dispatch -> execute(dispatch.task(), dispatch.remainingMs());
      case Effect.Abort abort ->
          DispatchCommand.newBuilder()
              .setAbort(
                  AbortTask.newBuilder().setTaskId(abort.taskId()).setAttempt(abort.attempt()))
              .build();
      case Effect.Acknowledge acknowledge ->
          DispatchCommand.newBuilder()
              .setAcknowledge(
                  AcknowledgeOutcome.newBuilder()
                      .setTaskId(acknowledge.taskId())
                      .setAttempt(acknowledge.attempt()))
              .build();
      default -> throw new IllegalArgumentException("no command of a stream: " + effect);
    };
  }

  /// Asks for the output of a task, or no more.
  static DispatchCommand follow(String taskId, boolean follow) {
    return DispatchCommand.newBuilder()
        .setFollow(FollowOutput.newBuilder().setTaskId(taskId).setFollow(follow))
        .build();
  }

  private static DispatchCommand execute(TaskSnapshot task, double remainingMs) {
    ExecuteTask.Builder execute =
        ExecuteTask.newBuilder()
            .setTaskId(task.taskId())
            .setAttempt(task.attempt())
            .setModelName(task.model())
            .setExpectedMs(task.prediction().meanMs())
            .setErrorMs(task.prediction().errorMs());
    if (!Double.isNaN(remainingMs)) {
      execute.setRemainingMs(Math.max(LEAST_REMAINING_MS, remainingMs));
    }
    if (task.payload() instanceof TaskPayload payload) {
      execute.setTaskInput(payload.input()).setMetadata(payload.metadata());
    }
    return DispatchCommand.newBuilder().setExecute(execute).build();
  }
}
