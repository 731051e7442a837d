package io.swarmpilot.scheduler.core;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// What the core is told. Receivers of answers are never called by the core: they come back in
/// [Effect.Reply].
public sealed interface Command {
  /// A task to place.
  ///
  /// @param taskId its id
  /// @param model model that must run it
  /// @param traits how it wants to be treated
  /// @param payload its input
  /// @param estimates how long it is expected to execute
  /// @param submitUnix when it was submitted, Unix seconds
  /// @param reply receiver of the answer
  record Submit(
      String taskId,
      String model,
      TaskTraits traits,
      Payload payload,
      Estimates estimates,
      double submitUnix,
      Consumer<Answer.Submitted> reply)
      implements Command {}

  /// A task to stop.
  ///
  /// @param taskId its id
  /// @param reply receiver of the answer
  record Cancel(String taskId, Consumer<Answer.Cancelled> reply) implements Command {}

  /// Forget every completed task.
  ///
  /// @param reply receiver of their number
  record Clear(Consumer<Integer> reply) implements Command {}

  /// Use another strategy.
  ///
  /// @param name its name
  /// @param reply receiver of whether there is one of that name
  record SetStrategy(String name, Consumer<Boolean> reply) implements Command {}

  /// Predict otherwise.
  ///
  /// @param mode how
  /// @param reply receiver of true
  record SetPredictMode(PredictMode mode, Consumer<Boolean> reply) implements Command {}

  /// Explain what was decided about a task.
  ///
  /// @param taskId its id
  /// @param reply receiver of the answer, empty for an unknown id
  record Explain(String taskId, Consumer<Optional<TaskExplanation>> reply) implements Command {}

  /// Add an instance, or find the one that it is already.
  ///
  /// @param registration the instance
  /// @param reply receiver of the answer, given once the instance is available
  record Register(Registration registration, Consumer<Answer.Registered> reply)
      implements Command {}

  /// Give an instance no more tasks.
  ///
  /// @param key its uuid, or host:port of its address
  /// @param reply receiver of the answer
  record Remove(String key, Consumer<Answer.Removed> reply) implements Command {}

  /// An instance answers and told what it holds.
  ///
  /// @param instance its uuid
  /// @param session number of the connection, growing
  /// @param incarnation run of its process
  /// @param status what it runs
  /// @param held the tasks it holds
  record Connected(
      String instance, long session, String incarnation, InstanceStatus status, List<HeldTask> held)
      implements Command {}

  /// A connection ended or could not be made.
  ///
  /// @param instance uuid of the instance
  /// @param session number of the connection
  /// @param reason why, in words
  record Disconnected(String instance, long session, String reason) implements Command {}

  /// An instance is alive.
  ///
  /// @param instance its uuid
  /// @param session number of the connection
  /// @param status what it runs
  /// @param load how busy its engines say they are
  record Heard(String instance, long session, InstanceStatus status, EngineLoad load)
      implements Command {
    /// Of an instance whose engines do not say how busy they are.
    public Heard(String instance, long session, InstanceStatus status) {
      this(instance, session, status, EngineLoad.UNTOLD);
    }
  }

  /// A task began to execute.
  ///
  /// @param instance uuid of the instance
  /// @param taskId the task
  /// @param attempt its attempt
  /// @param replica replica that runs it
  record Started(String instance, String taskId, int attempt, String replica) implements Command {}

  /// An execution ended.
  ///
  /// @param instance uuid of the instance
  /// @param taskId the task
  /// @param attempt its attempt
  /// @param outcome how it ended
  record Ended(String instance, String taskId, int attempt, Outcome outcome) implements Command {}

  /// An instance did not take a task.
  ///
  /// @param instance uuid of the instance
  /// @param taskId the task
  /// @param attempt its attempt
  /// @param full whether because its queue is full
  /// @param reason why, in words
  record Refused(String instance, String taskId, int attempt, boolean full, String reason)
      implements Command {}

  /// A foreign instance's word that a task ended.
  ///
  /// @param reporter uuid of the instance, or the name it gives itself
  /// @param taskId the task
  /// @param outcome how it ended
  /// @param reply receiver of the answer
  record Note(String reporter, String taskId, Outcome outcome, Consumer<Answer.Noted> reply)
      implements Command {}

  /// Go on with what was left unfinished.
  record GoOn() implements Command {}

  /// Time has passed.
  record Tick() implements Command {}
}
