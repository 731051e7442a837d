package io.swarmpilot.taskinstance.queue;

import io.swarmpilot.taskinstance.backend.RunFailure;
import java.util.List;
import java.util.function.BiConsumer;

/// The instance's tasks as the scheduler sees them: it commands, and is answered by events alone.
/// Safe for use by several threads; nothing here blocks. Commands of a stream that is no longer the
/// open one are ignored.
public final class DispatchPort {
  private final QueueOwner owner;

  DispatchPort(QueueOwner owner) {
    this.owner = owner;
  }

  /// Opens a stream in place of any other. Every outcome that was never acknowledged is due on it
  /// at once.
  public Holdings attach(DispatchListener listener) {
    return owner.read(state -> {
      state.attach(listener);
      return new Holdings(StateViews.held(state), StateViews.view(state));
    });
  }

  /// Closes a stream; does nothing when another one has been opened.
  public void detach(DispatchListener listener) {
    change((state, effects) -> state.outbox.detach(listener));
  }

  /// Takes a task, or refuses it by an event. A repeated attempt is ignored, a higher one takes the
  /// task over.
  public void execute(DispatchListener stream, NewTask task) {
    command(stream, (state, effects) -> state.execute(task, effects));
  }

  /// Answers a task that cannot be executed at all.
  public void reject(DispatchListener stream, NewTask task, RunFailure failure) {
    command(stream, (state, effects) -> state.reject(task, failure));
  }

  /// Stops a task of this attempt or a lower one.
  public void abort(DispatchListener stream, String taskId, int attempt) {
    command(stream, (state, effects) -> state.abort(taskId, attempt, effects));
  }

  /// Begins or ceases to say what a task puts out before its end; a task that is not here is passed
  /// over. A stream begins with no task followed.
  public void follow(DispatchListener stream, String taskId, boolean follow) {
    command(stream, (state, effects) -> state.follow(taskId, follow));
  }

  /// Forgets an outcome that the scheduler has recorded.
  public void acknowledge(DispatchListener stream, String taskId, int attempt) {
    command(stream, (state, effects) -> state.outbox.acknowledge(taskId, attempt));
  }

  /// Takes the next events for a stream, in order, within bounds; none when there are none or
  /// another stream has been opened.
  public List<TaskEvent> take(DispatchListener listener, int maxEvents, long maxBytes) {
    return owner.read(state -> state.outbox.take(listener, maxEvents, maxBytes));
  }

  /// Events that wait to be taken.
  public int backlog() {
    return owner.read(state -> state.outbox.size());
  }

  /// Obeys only the stream that is open: one that was replaced meanwhile speaks for a scheduler
  /// that no longer leads.
  private void command(DispatchListener stream, BiConsumer<QueueState, Effects> command) {
    change((state, effects) -> {
      if (stream.equals(state.outbox.listener())) {
        command.accept(state, effects);
      }
    });
  }

  private void change(BiConsumer<QueueState, Effects> change) {
    boolean _ =
        owner.change((state, effects) -> {
          change.accept(state, effects);
          return true;
        });
  }
}
