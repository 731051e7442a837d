package io.swarmpilot.scheduler.service;

import io.grpc.stub.ServerCallStreamObserver;
import io.swarmpilot.proto.scheduler.v1.FollowTaskResponse;
import io.swarmpilot.proto.scheduler.v1.TaskOutput;
import io.swarmpilot.scheduler.core.Effect.TaskChange;
import io.swarmpilot.scheduler.core.TaskSnapshot;
import io.swarmpilot.scheduler.core.TaskStatus;
import io.swarmpilot.scheduler.output.OutputReader;
import io.swarmpilot.scheduler.output.OutputRelay;
import io.swarmpilot.scheduler.output.Piece;
import io.swarmpilot.scheduler.output.Position;
import io.swarmpilot.scheduler.view.SchedulerView;
import io.swarmpilot.scheduler.view.TaskWatcher;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// One reader of one task. Nothing is kept for it but where it stands and the latest state that it
/// has not been told: what the task puts out is read from the log that all its readers share.
final class TaskFollower implements TaskWatcher, OutputReader {
  private final SchedulerView view;
  private final ServerCallStreamObserver<FollowTaskResponse> reader;
  private final Executor outbound;
  private final String taskId;
  private final boolean outputOnly;
  private final OutputRelay.Subscription output;
  private final Runnable left;
  // Nothing is sent before it is opened.
  private final AtomicInteger sending = new AtomicInteger(1);
  private final AtomicBoolean over = new AtomicBoolean();
  private final AtomicBoolean gone = new AtomicBoolean();
  private @Nullable State due;
  private boolean announced;
  private Position position = Position.START;

  /// @param outputOnly whether to leave out what is no output
  /// @param left told once when the reader is gone or has been told all
  TaskFollower(
      SchedulerView view,
      OutputRelay relay,
      ServerCallStreamObserver<FollowTaskResponse> reader,
      Executor outbound,
      String taskId,
      boolean outputOnly,
      Runnable left) {
    this.view = view;
    this.reader = reader;
    this.outbound = outbound;
    this.taskId = taskId;
    this.outputOnly = outputOnly;
    this.left = left;
    this.output = relay.follow(taskId, this);
  }

  /// Tells the present state, then what follows.
  ///
  /// @param present the task as it is at least
  void open(TaskSnapshot present) {
    reader.setOnCancelHandler(this::leave);
    reader.setOnCloseHandler(this::leave);
    reader.setOnReadyHandler(this::send);
    view.watchers().add(this, List.of(taskId));
    note("task_state", view.tasks().find(taskId).orElse(present));
    sendAll();
  }

  @Override
  public void changed(TaskChange change, TaskSnapshot task) {
    note(name(change), task);
    outbound.execute(this::send);
  }

  @Override
  public void outputReady() {
    send();
  }

  /// Notes a state to tell in place of an earlier one, unless the end is known already.
  private synchronized void note(String event, TaskSnapshot task) {
    if (due == null || !due.isLast()) {
      due = new State(event, task);
    }
  }

  /// Sends what there is while the reader takes it. Of several callers one sends for all.
  private void send() {
    if (sending.getAndIncrement() == 0) {
      sendAll();
    }
  }

  private void sendAll() {
    int seen = 1;
    do {
      sendWaiting();
      seen = sending.addAndGet(-seen);
    } while (seen != 0);
  }

  private void sendWaiting() {
    while (!over.get() && reader.isReady()) {
      FollowTaskResponse next = next();
      if (next == null) {
        return;
      }
      reader.onNext(next);
      if (next.getEvent().equals(name(TaskChange.COMPLETED)) && over.compareAndSet(false, true)) {
        reader.onCompleted();
      }
    }
  }

  /// What comes next: changes of state before output, output before the end.
  private @Nullable FollowTaskResponse next() {
    State state = takeState(false);
    if (state != null) {
      return encode(state);
    }
    Piece piece = output.after(position);
    int dropped = 0;
    while (piece != null) {
      dropped += position.dropped(piece);
      position = position.after(piece);
      if (!outputOnly || !piece.frame()) {
        return encode(piece, dropped);
      }
      piece = output.after(position);
    }
    State last = takeState(true);
    return last == null ? null : encode(last);
  }

  private synchronized @Nullable State takeState(boolean last) {
    State state = due;
    if (state == null || (state.isLast() && !last)) {
      return null;
    }
    due = null;
    return state;
  }

  private FollowTaskResponse encode(State state) {
    String event = state.event();
    if (state.isLast()) {
      event = name(TaskChange.COMPLETED);
    } else if (!announced) {
      event = "task_state";
    }
    announced = true;
    return FollowTaskResponse.newBuilder()
        .setEvent(event)
        .setData(Tasks.encode(state.task()))
        .build();
  }

  private static FollowTaskResponse encode(Piece piece, int dropped) {
    return FollowTaskResponse.newBuilder()
        .setEvent("task_output")
        .setOutput(
            TaskOutput.newBuilder()
                .setAttempt(piece.attempt())
                .setSequence(piece.sequence())
                .setDropped(dropped)
                .setPiece(piece.json()))
        .build();
  }

  private void leave() {
    over.set(true);
    if (gone.compareAndSet(false, true)) {
      view.watchers().remove(this, List.of(taskId));
      output.close();
      left.run();
    }
  }

  private static String name(TaskChange change) {
    return switch (change) {
      case QUEUED -> "task_queued";
      case SCHEDULED -> "task_scheduled";
      case STARTED -> "task_started";
      case RETRIED -> "task_retried";
      case COMPLETED -> "task_completed";
    };
  }

  /// A state to tell.
  private record State(String event, TaskSnapshot task) {
    boolean isLast() {
      return task.status() == TaskStatus.COMPLETED;
    }
  }
}
