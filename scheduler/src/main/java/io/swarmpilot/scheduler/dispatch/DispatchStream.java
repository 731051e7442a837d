package io.swarmpilot.scheduler.dispatch;

import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.swarmpilot.proto.taskinstance.v1.DispatchCommand;
import io.swarmpilot.proto.taskinstance.v1.DispatchRequest;
import io.swarmpilot.proto.taskinstance.v1.DispatchResponse;
import io.swarmpilot.proto.taskinstance.v1.Hello;
import io.swarmpilot.scheduler.core.Command;
import io.swarmpilot.scheduler.core.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// One dispatch stream from hello to end.
///
/// Down: what waits is sent in as few messages as possible, while the transport takes them. Up: one
/// message is taken at a time; the next is asked for once the loop has handled it.
final class DispatchStream implements ClientResponseObserver<DispatchRequest, DispatchResponse> {
  private static final int MOST_COMMANDS = 512;
  private static final int MOST_BYTES = 1 << 20;
  private static final int MOST_FOLLOWS = 65_536;

  private final String uuid;
  private final long session;
  private final LinkSettings settings;
  private final BiConsumer<DispatchStream, String> ended;
  private final HandedOut handedOut;
  private final InstanceEvents events;
  private final BlockingQueue<Effect> outgoing;
  private final BlockingQueue<DispatchCommand> follows;
  private final AtomicInteger flushing = new AtomicInteger();
  private final AtomicBoolean over = new AtomicBoolean();
  private volatile @Nullable ClientCallStreamObserver<DispatchRequest> call;
  private volatile boolean ready;

  /// @param nowNanos the time
  /// @param ended told of the end, once
  DispatchStream(
      String uuid,
      long session,
      LinkSettings settings,
      long nowNanos,
      BiConsumer<DispatchStream, String> ended) {
    this.session = session;
    this.settings = settings;
    this.ended = ended;
    this.handedOut = new HandedOut(settings.graceNanos(), nowNanos);
    this.uuid = uuid;
    this.events = new InstanceEvents(uuid, session, handedOut, settings.output());
    this.outgoing = new LinkedBlockingQueue<>(settings.maxOutgoing());
    this.follows = new LinkedBlockingQueue<>(MOST_FOLLOWS);
  }

  long session() {
    return session;
  }

  /// Whether the inventory has come.
  boolean isReady() {
    return ready;
  }

  /// Whether the instance lost sight of a task it was given; asked several times a second.
  boolean isMissingTasks(long nowNanos) {
    return handedOut.tick(nowNanos);
  }

  /// Adds a command for the next [#flush()].
  void put(Effect command) {
    if (!outgoing.offer(command)) {
      end("its commands pile up");
    }
  }

  /// Asks for the output of a task, or no more, with the next [#flush()]. Lost when too many wait;
  /// the output is asked for again when the task starts.
  void follow(String taskId, boolean follow) {
    boolean _ = follows.offer(Commands.follow(taskId, follow));
  }

  /// Says who we are; the first message.
  void hello() {
    DispatchCommand hello =
        DispatchCommand.newBuilder()
            .setHello(
                Hello.newBuilder()
                    .setSchedulerId(settings.schedulerId())
                    .setEpoch(settings.epoch()))
            .build();
    send(DispatchRequest.newBuilder().addCommands(hello).build());
  }

  /// Sends what waits, as far as the transport takes it, once the inventory has come. Of several
  /// callers one sends for all.
  void flush() {
    if (!ready || flushing.getAndIncrement() != 0) {
      return;
    }
    int seen = 1;
    do {
      drain();
      seen = flushing.addAndGet(-seen);
    } while (seen != 0);
  }

  /// Ends the stream from our side.
  void end(String reason) {
    if (over.compareAndSet(false, true)) {
      ClientCallStreamObserver<DispatchRequest> stream = call;
      if (stream != null) {
        stream.cancel(reason, null);
      }
      ended.accept(this, reason);
    }
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<DispatchRequest> stream) {
    call = stream;
    stream.disableAutoRequestWithInitial(1);
    stream.setOnReadyHandler(this::flush);
  }

  @Override
  public void onNext(DispatchResponse response) {
    List<Command> commands = events.commands(response);
    if (!ready && events.inventoryCame()) {
      ready = true;
      flush();
      settings.output().connected(uuid);
    }
    if (commands.isEmpty()) {
      // Partial output alone, which does not concern the loop.
      requestNext();
    } else if (!settings.sink().deliver(commands, this::requestNext)) {
      end("the scheduler is overloaded");
    }
  }

  @Override
  public void onError(Throwable failure) {
    closed(Status.fromThrowable(failure));
  }

  @Override
  public void onCompleted() {
    closed(Status.OK);
  }

  private void closed(Status status) {
    if (over.compareAndSet(false, true)) {
      ended.accept(this, Failures.describe(status));
    }
  }

  private void requestNext() {
    ClientCallStreamObserver<DispatchRequest> stream = call;
    if (stream != null && !over.get()) {
      stream.request(1);
    }
  }

  private void drain() {
    ClientCallStreamObserver<DispatchRequest> stream = call;
    List<DispatchCommand> asked = new ArrayList<>();
    while (stream != null && !over.get() && stream.isReady()) {
      DispatchRequest.Builder request = DispatchRequest.newBuilder();
      long bytes = 0;
      while (bytes < MOST_BYTES && request.getCommandsCount() < MOST_COMMANDS) {
        Effect next = outgoing.poll();
        if (next == null) {
          break;
        }
        if (next instanceof Effect.Dispatch dispatch) {
          handedOut.gave(dispatch.task().taskId(), dispatch.task().attempt());
        }
        DispatchCommand command = Commands.encode(next);
        bytes += command.getSerializedSize();
        request.addCommands(command);
      }
      // After the tasks they are about.
      follows.drainTo(asked, MOST_COMMANDS - request.getCommandsCount());
      request.addAllCommands(asked);
      asked.clear();
      if (request.getCommandsCount() == 0) {
        return;
      }
      send(request.build());
    }
  }

  private void send(DispatchRequest request) {
    ClientCallStreamObserver<DispatchRequest> stream = call;
    try {
      if (stream != null && !over.get()) {
        stream.onNext(request);
      }
    } catch (IllegalStateException e) {
      // The stream ended under our hands; its end is reported by the transport.
    }
  }
}
