package io.swarmpilot.taskinstance.dispatch;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.swarmpilot.proto.taskinstance.v1.DispatchCommand;
import io.swarmpilot.proto.taskinstance.v1.DispatchRequest;
import io.swarmpilot.proto.taskinstance.v1.DispatchResponse;
import io.swarmpilot.proto.taskinstance.v1.Hello;
import io.swarmpilot.runtime.error.ErrorReason;
import io.swarmpilot.runtime.error.MeshException;
import io.swarmpilot.taskinstance.queue.DispatchListener;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One stream of the scheduler's.
///
/// Everything that goes out, the end included, is sent by whichever thread is in [#pump()]; others
/// that come meanwhile only tell it to look again. So messages never overlap, no thread waits, and
/// what collects while one message is written becomes the next one.
final class DispatchSession implements StreamObserver<DispatchRequest>, DispatchListener {
  private static final Logger log = LoggerFactory.getLogger(DispatchSession.class);
  // While more events than this wait for a slow reader, no further commands are taken.
  private static final int MAX_BACKLOG = 4_096;

  private final ServerCallStreamObserver<DispatchResponse> out;
  private final Tenancy tenancy;
  private final Commands commands;
  private final Outgoing outgoing;
  private final AtomicInteger wakeUps = new AtomicInteger();
  private final AtomicBoolean readingDue = new AtomicBoolean(true);
  private final AtomicReference<@Nullable Ending> ending = new AtomicReference<>();
  private volatile boolean greeted;
  private boolean ended;

  DispatchSession(
      ServerCallStreamObserver<DispatchResponse> out,
      Tenancy tenancy,
      Commands commands,
      Outgoing outgoing) {
    this.out = out;
    this.tenancy = tenancy;
    this.commands = commands;
    this.outgoing = outgoing;
  }

  /// Takes the stream over from gRPC, while the call begins.
  void open() {
    out.disableAutoRequest();
    out.setOnReadyHandler(this::pump);
    out.setOnCancelHandler(() -> end(new Ending.Gone()));
    out.setOnCloseHandler(() -> end(new Ending.Gone()));
  }

  @Override
  public void onNext(DispatchRequest request) {
    try {
      for (DispatchCommand command : request.getCommandsList()) {
        obey(command);
      }
    } catch (MeshException refused) {
      end(new Ending.Failure(refused));
      return;
    }
    readingDue.set(true);
    pump();
  }

  @Override
  public void onError(Throwable failure) {
    end(new Ending.Gone());
  }

  @Override
  public void onCompleted() {
    end(new Ending.Complete());
  }

  @Override
  public void eventsReady() {
    pump();
  }

  @Override
  public void instanceChanged() {
    heartbeat();
  }

  /// Sends a heartbeat.
  void heartbeat() {
    outgoing.requestHeartbeat();
    pump();
  }

  /// Ends the stream for a reason.
  void end(Ending how) {
    // The first reason stays the reason, but a peer that is gone cannot be told any.
    if (!ending.compareAndSet(null, how) && how instanceof Ending.Gone) {
      ending.set(how);
    }
    pump();
  }

  private void obey(DispatchCommand command) {
    if (command.hasHello()) {
      greet(command.getHello());
    } else if (greeted) {
      commands.obey(this, command);
    } else {
      throw MeshException.invalid("commands.hello", "must be the first command");
    }
  }

  private void greet(Hello hello) {
    if (greeted) {
      throw MeshException.invalid("commands.hello", "was given already");
    }
    Tenancy.Entry entry = tenancy.enter(this, hello);
    outgoing.begin(entry.holdings());
    greeted = true;
    log.info("serving scheduler {} of epoch {}", hello.getSchedulerId(), hello.getEpoch());
    if (entry.superseded() != null) {
      MeshException reason =
          MeshException.of(ErrorReason.SUPERSEDED, "a newer stream took the instance over");
      entry.superseded().end(new Ending.Failure(reason));
    }
  }

  private void pump() {
    if (wakeUps.getAndIncrement() != 0) {
      return;
    }
    int seen = 1;
    do {
      try {
        send();
      } catch (RuntimeException e) {
        // Callers bring news of tasks, which must not fail because a stream does.
        log.warn("a dispatch stream broke", e);
        ended = true;
        tenancy.leave(this);
      }
      seen = wakeUps.addAndGet(-seen);
    } while (seen != 0);
  }

  private void send() {
    if (ended) {
      return;
    }
    Ending how = ending.get();
    if (how != null) {
      ended = true;
      finish(how);
      return;
    }
    boolean more = greeted;
    while (more && out.isReady()) {
      more = sendBatch();
    }
    if (readingDue.get() && outgoing.backlog() < MAX_BACKLOG) {
      readingDue.set(false);
      out.request(1);
    }
  }

  private void finish(Ending how) {
    if (how instanceof Ending.Complete) {
      boolean more = greeted;
      while (more) {
        more = sendBatch();
      }
    }
    // Before the scheduler learns of the end, so that whoever comes next finds the place free.
    tenancy.leave(this);
    switch (how) {
      case Ending.Complete() -> out.onCompleted();
      case Ending.Failure(MeshException reason) -> out.onError(reason);
      case Ending.Gone() -> {}
    }
  }

  private boolean sendBatch() {
    DispatchResponse batch = outgoing.nextBatch(this);
    boolean any = batch.getEventsCount() > 0;
    if (any) {
      out.onNext(batch);
    }
    return any;
  }
}
