package io.swarmpilot.taskinstance.dispatch;

import static java.util.Objects.requireNonNull;

import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.swarmpilot.proto.taskinstance.v1.AbortTask;
import io.swarmpilot.proto.taskinstance.v1.AcknowledgeOutcome;
import io.swarmpilot.proto.taskinstance.v1.DispatchCommand;
import io.swarmpilot.proto.taskinstance.v1.DispatchEvent;
import io.swarmpilot.proto.taskinstance.v1.DispatchRequest;
import io.swarmpilot.proto.taskinstance.v1.DispatchResponse;
import io.swarmpilot.proto.taskinstance.v1.DispatchServiceGrpc;
import io.swarmpilot.proto.taskinstance.v1.ExecuteTask;
import io.swarmpilot.proto.taskinstance.v1.FollowOutput;
import io.swarmpilot.proto.taskinstance.v1.Hello;
import io.swarmpilot.proto.taskinstance.v1.Inventory;
import io.swarmpilot.runtime.json.JsonValues;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The scheduler's end of a dispatch stream.
final class DispatchClient implements AutoCloseable {
  private final BlockingQueue<DispatchEvent> events = new LinkedBlockingQueue<>(200_000);
  private final CompletableFuture<@Nullable Throwable> end = new CompletableFuture<>();
  private final AtomicInteger messages = new AtomicInteger();
  private final ClientCallStreamObserver<DispatchRequest> commands;

  private DispatchClient(Channel channel, boolean reading) {
    commands =
        (ClientCallStreamObserver<DispatchRequest>)
            DispatchServiceGrpc.newStub(channel).dispatch(new Reader(reading));
  }

  /// A stream on which nothing was said yet.
  static DispatchClient open(Channel channel) {
    return new DispatchClient(channel, true);
  }

  /// A stream that receives nothing until [#read(int)].
  static DispatchClient openUnread(Channel channel) {
    return new DispatchClient(channel, false);
  }

  void read(int count) {
    commands.request(count);
  }

  void hello(String scheduler, long epoch) {
    send(
        DispatchCommand.newBuilder()
            .setHello(Hello.newBuilder().setSchedulerId(scheduler).setEpoch(epoch))
            .build());
  }

  void execute(String id, int attempt, String model) {
    send(command(id, attempt, model));
  }

  void abort(String id, int attempt) {
    send(
        DispatchCommand.newBuilder()
            .setAbort(AbortTask.newBuilder().setTaskId(id).setAttempt(attempt))
            .build());
  }

  void follow(String id, boolean follow) {
    send(
        DispatchCommand.newBuilder()
            .setFollow(FollowOutput.newBuilder().setTaskId(id).setFollow(follow))
            .build());
  }

  void acknowledge(String id, int attempt) {
    send(
        DispatchCommand.newBuilder()
            .setAcknowledge(AcknowledgeOutcome.newBuilder().setTaskId(id).setAttempt(attempt))
            .build());
  }

  void send(DispatchCommand command) {
    commands.onNext(DispatchRequest.newBuilder().addCommands(command).build());
  }

  void send(DispatchRequest request) {
    commands.onNext(request);
  }

  static DispatchCommand command(String id, int attempt, String model) {
    return DispatchCommand.newBuilder()
        .setExecute(
            ExecuteTask.newBuilder()
                .setTaskId(id)
                .setAttempt(attempt)
                .setModelName(model)
                .setTaskInput(JsonValues.of("{}")))
        .build();
  }

  /// The next event that is no heartbeat.
  DispatchEvent next() throws InterruptedException {
    return next(event -> !event.hasHeartbeat());
  }

  /// The next event of a kind; others are skipped.
  DispatchEvent next(Predicate<DispatchEvent> kind) throws InterruptedException {
    DispatchEvent event = any();
    while (!kind.test(event)) {
      event = any();
    }
    return event;
  }

  /// The first event, which has to be the inventory.
  Inventory inventory() throws InterruptedException {
    DispatchEvent first = any();
    if (!first.hasInventory()) {
      throw new AssertionError("the first event is " + first);
    }
    return first.getInventory();
  }

  /// Why the stream ended; null when it ended in good order.
  @Nullable Throwable end() throws Exception {
    return end.get(10, TimeUnit.SECONDS);
  }

  int messages() {
    return messages.get();
  }

  void halfClose() {
    commands.onCompleted();
  }

  /// Drops the stream.
  @Override
  public void close() {
    commands.cancel("the test ends it", null);
  }

  private DispatchEvent any() throws InterruptedException {
    return requireNonNull(events.poll(10, TimeUnit.SECONDS), "no event came");
  }

  private final class Reader implements ClientResponseObserver<DispatchRequest, DispatchResponse> {
    private final boolean reading;

    Reader(boolean reading) {
      this.reading = reading;
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<DispatchRequest> stream) {
      if (!reading) {
        stream.disableAutoRequestWithInitial(0);
      }
    }

    @Override
    public void onNext(DispatchResponse response) {
      messages.incrementAndGet();
      events.addAll(response.getEventsList());
    }

    @Override
    public void onError(Throwable failure) {
      end.complete(failure instanceof StatusRuntimeException ? failure : null);
    }

    @Override
    public void onCompleted() {
      end.complete(null);
    }
  }
}
