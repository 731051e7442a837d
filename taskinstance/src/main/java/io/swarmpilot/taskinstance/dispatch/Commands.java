package io.swarmpilot.taskinstance.dispatch;

import io.swarmpilot.proto.taskinstance.v1.DispatchCommand;
import io.swarmpilot.proto.taskinstance.v1.ExecuteTask;
import io.swarmpilot.runtime.error.Violations;
import io.swarmpilot.runtime.json.JsonValues;
import io.swarmpilot.taskinstance.backend.RunFailure;
import io.swarmpilot.taskinstance.forecast.Estimate;
import io.swarmpilot.taskinstance.queue.DispatchListener;
import io.swarmpilot.taskinstance.queue.DispatchPort;
import io.swarmpilot.taskinstance.queue.NewTask;
import org.jspecify.annotations.Nullable;

/// Turns the scheduler's commands into calls of the queue.
final class Commands {
  private static final String INPUT = "task_input";

  private final DispatchPort port;

  Commands(DispatchPort port) {
    this.port = port;
  }

  /// Obeys any command but `hello`; one that this version does not know is ignored.
  ///
  /// @throws io.swarmpilot.runtime.error.MeshException when it names no task
  void obey(DispatchListener stream, DispatchCommand command) {
    switch (command.getCommandCase()) {
      case EXECUTE -> execute(stream, command.getExecute());
      case ABORT ->
          port.abort(stream, command.getAbort().getTaskId(), command.getAbort().getAttempt());
      case ACKNOWLEDGE ->
          port.acknowledge(
              stream, command.getAcknowledge().getTaskId(), command.getAcknowledge().getAttempt());
      case FOLLOW ->
          port.follow(stream, command.getFollow().getTaskId(), command.getFollow().getFollow());
      case HELLO, COMMAND_NOT_SET -> {}
    }
  }

  private void execute(DispatchListener stream, ExecuteTask execute) {
    new Violations()
        .requireTaskId("commands.execute.task_id", execute.getTaskId())
        .require(execute.getAttempt() >= 1, "commands.execute.attempt", "must be at least 1")
        .throwIfAny();
    try {
      port.execute(stream, task(execute, input(execute)));
    } catch (RunFailure failure) {
      port.reject(stream, task(execute, ""), failure);
    }
  }

  private static NewTask task(ExecuteTask execute, String input) {
    return new NewTask(
        execute.getTaskId(),
        execute.getAttempt(),
        execute.getModelName(),
        input,
        estimate(execute),
        execute.hasRemainingMs() && !Double.isNaN(execute.getRemainingMs())
            ? execute.getRemainingMs()
            : Double.POSITIVE_INFINITY);
  }

  private static String input(ExecuteTask execute) throws RunFailure {
    if (!JsonValues.isPresent(execute.getTaskInput())) {
      throw RunFailure.invalidInput(INPUT, "Field required");
    }
    try {
      return JsonValues.text(execute.getTaskInput());
    } catch (IllegalArgumentException e) {
      throw RunFailure.invalidInput(INPUT, "must hold finite numbers only");
    }
  }

  private static @Nullable Estimate estimate(ExecuteTask execute) {
    double error = execute.getErrorMs();
    return execute.hasExpectedMs() && Estimate.isDuration(execute.getExpectedMs())
        ? new Estimate(execute.getExpectedMs(), Estimate.isDuration(error) ? error : 0)
        : null;
  }
}
