package io.swarmpilot.scheduler.service;

import io.swarmpilot.runtime.error.ErrorReason;
import io.swarmpilot.runtime.error.MeshException;
import io.swarmpilot.runtime.time.MeshClock;
import io.swarmpilot.scheduler.core.Answer;
import io.swarmpilot.scheduler.core.Command;
import io.swarmpilot.scheduler.predict.Predictions;
import io.swarmpilot.scheduler.view.SchedulerView;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// Takes a validated task through prediction to the loop.
final class Submitter {
  private static final double LOOP_BUSY_RETRY_MS = 100;

  private final SchedulerView view;
  private final Predictions predictions;
  private final Predicate<Command> loop;
  private final MeshClock clock;
  private final BooleanSupplier draining;
  private final StrategyOverride override;

  Submitter(
      SchedulerView view,
      Predictions predictions,
      Predicate<Command> loop,
      MeshClock clock,
      BooleanSupplier draining,
      StrategyOverride override) {
    this.view = view;
    this.predictions = predictions;
    this.loop = loop;
    this.clock = clock;
    this.draining = draining;
    this.override = override;
  }

  /// Refuses to go on while the scheduler shuts down.
  void requireServing() {
    if (draining.getAsBoolean()) {
      throw MeshException.of(ErrorReason.DRAINING, "The scheduler is shutting down");
    }
  }

  /// The strategies a task may ask for.
  StrategyOverride override() {
    return override;
  }

  /// Submits a task; the answer comes on another thread, or at once.
  void submit(String model, Submission submission, Consumer<Answer.Submitted> answer) {
    double submittedAt = clock.unixSeconds();
    predictions.estimate(
        model,
        view.settings().mode(),
        submission.payload().features(),
        view.fleet().targets(model),
        estimates -> {
          Command.Submit submit =
              new Command.Submit(
                  submission.taskId(),
                  model,
                  submission.traits(),
                  submission.payload(),
                  estimates,
                  submittedAt,
                  answer);
          if (!loop.test(submit)) {
            answer.accept(new Answer.Full("the scheduler is busy", LOOP_BUSY_RETRY_MS));
          }
        });
  }

  /// Why a task was not accepted.
  static MeshException refusal(Answer.Submitted answer) {
    return switch (answer) {
      case Answer.Accepted accepted -> throw new IllegalArgumentException("no refusal");
      case Answer.NoInstances none ->
          MeshException.of(ErrorReason.NO_INSTANCES, "No TaskInstances configured");
      case Answer.NoAvailableInstance none ->
          MeshException.of(
              ErrorReason.NO_AVAILABLE_INSTANCE,
              "No available instances for model type " + none.model());
      case Answer.Shed shed ->
          MeshException.of(
              ErrorReason.OBJECTIVE_OUT_OF_REACH,
              "The task is expected to take longer than its slo_deadline_ms of "
                  + Math.round(shed.sloMs())
                  + " even if it started at once");
      case Answer.Full full ->
          MeshException.of(ErrorReason.QUEUE_FULL, "Queue full: " + full.bound())
              .retryAfter(Duration.ofMillis((long) Math.ceil(full.retryAfterMs())));
    };
  }
}
