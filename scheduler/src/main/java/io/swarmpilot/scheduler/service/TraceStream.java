package io.swarmpilot.scheduler.service;

import io.grpc.stub.ServerCallStreamObserver;
import io.swarmpilot.proto.scheduler.v1.RecordTraceResponse;
import io.swarmpilot.proto.scheduler.v1.TraceRow;
import io.swarmpilot.runtime.error.ErrorReason;
import io.swarmpilot.runtime.error.MeshException;
import io.swarmpilot.scheduler.core.Outcome;
import io.swarmpilot.scheduler.observe.Described;
import io.swarmpilot.scheduler.observe.Observatory;
import io.swarmpilot.scheduler.observe.TaskListener;
import io.swarmpilot.scheduler.shadow.LiveTask;
import java.util.ArrayDeque;
import java.util.concurrent.CompletionStage;

/// One reader of a trace. Rows it has not taken yet wait here; when too many do, the newest are
/// missed, and the next one it gets says how many.
final class TraceStream implements TaskListener {
  private static final int MOST_WAITING = 10_000;

  private final Observatory observatory;
  private final ServerCallStreamObserver<RecordTraceResponse> reader;
  private final String model;
  private final ArrayDeque<TraceRow> waiting = new ArrayDeque<>();
  private long left;
  private long missed;
  private long lost;
  private boolean begun;
  private boolean announced;
  private boolean over;

  /// @param model only tasks of this model; "" for all
  /// @param most rows after which it ends
  TraceStream(
      Observatory observatory,
      ServerCallStreamObserver<RecordTraceResponse> reader,
      String model,
      long most) {
    this.observatory = observatory;
    this.reader = reader;
    this.model = model;
    this.left = most;
  }

  /// Records from now on.
  void open() {
    reader.setOnCancelHandler(this::leave);
    reader.setOnCloseHandler(this::leave);
    reader.setOnReadyHandler(this::send);
    lost = observatory.lost();
    CompletionStage<Boolean> _ =
        observatory
            .listen(this)
            .whenComplete((admitted, failure) -> begin(Boolean.TRUE.equals(admitted)));
  }

  @Override
  public void ended(LiveTask task, long lostSoFar) {
    if (task.outcome() instanceof Outcome.Succeeded
        && task.payload() instanceof Described described
        && (model.isEmpty() || model.equals(task.model()))) {
      put(TraceRows.encode(task, described.features()));
      send();
    }
  }

  private synchronized void begin(boolean admitted) {
    if (over) {
      observatory.leave(this);
    } else if (admitted) {
      begun = true;
      send();
    } else {
      over = true;
      reader.onError(
          MeshException.of(ErrorReason.QUEUE_FULL, "Too many readers record traces already"));
    }
  }

  private synchronized void put(TraceRow row) {
    if (waiting.size() >= MOST_WAITING) {
      missed++;
    } else {
      waiting.add(row);
    }
  }

  /// Sends what waits while the reader takes it; the first message says that recording has begun.
  private synchronized void send() {
    if (begun && !announced && !over && reader.isReady()) {
      announced = true;
      reader.onNext(RecordTraceResponse.getDefaultInstance());
    }
    while (announced && !over && reader.isReady() && !waiting.isEmpty()) {
      reader.onNext(
          RecordTraceResponse.newBuilder()
              .setRow(waiting.remove())
              .setMissedRows(missed)
              .setLostEvents(observatory.lost() - lost)
              .build());
      left--;
      if (left == 0) {
        over = true;
        reader.onCompleted();
      }
    }
  }

  private void leave() {
    synchronized (this) {
      over = true;
      waiting.clear();
    }
    observatory.leave(this);
  }
}
