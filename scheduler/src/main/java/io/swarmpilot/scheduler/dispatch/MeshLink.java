package io.swarmpilot.scheduler.dispatch;

import io.grpc.ManagedChannel;
import io.swarmpilot.proto.taskinstance.v1.DispatchServiceGrpc;
import io.swarmpilot.scheduler.core.Command;
import io.swarmpilot.scheduler.core.Effect;
import io.swarmpilot.scheduler.core.InstanceSnapshot;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The link to an instance of ours: one dispatch stream at a time, dialed again when it ends.
final class MeshLink implements InstanceLink {
  private static final long HANDSHAKE_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final String uuid;
  private final LinkSettings settings;
  private final LongSupplier sessions;
  private final ManagedChannel channel;
  private final Backoff backoff = new Backoff();
  private final AtomicReference<@Nullable DispatchStream> current = new AtomicReference<>();
  private final AtomicBoolean ticking = new AtomicBoolean();
  private boolean dialedBefore;
  private long dialedAt;
  private long pause;
  private volatile boolean closed;

  MeshLink(InstanceSnapshot instance, LinkSettings settings, LongSupplier sessions) {
    this.uuid = instance.uuid();
    this.settings = settings;
    this.sessions = sessions;
    this.channel =
        settings
            .dialer()
            .dial(instance.registration().directHost(), instance.registration().directPort());
  }

  @Override
  public void dispatch(Effect.Dispatch dispatch) {
    DispatchStream stream = current.get();
    if (stream != null && stream.session() == dispatch.session()) {
      stream.put(dispatch);
    }
  }

  @Override
  public void abort(Effect.Abort abort) {
    DispatchStream stream = current.get();
    if (stream != null) {
      stream.put(abort);
    }
  }

  @Override
  public void acknowledge(Effect.Acknowledge acknowledge) {
    DispatchStream stream = current.get();
    if (stream != null) {
      stream.put(acknowledge);
    }
  }

  @Override
  public void follow(String taskId, boolean follow) {
    DispatchStream stream = current.get();
    if (stream != null) {
      stream.follow(taskId, follow);
    }
  }

  @Override
  public void flush() {
    DispatchStream stream = current.get();
    if (stream != null) {
      stream.flush();
    }
  }

  @Override
  public void breakSession(long session) {
    DispatchStream stream = current.get();
    if (stream != null && stream.session() == session) {
      stream.end("silent");
    }
  }

  /// Dials when that is due, and gives up a stream on which no inventory comes.
  @Override
  public void tick(long nowNanos) {
    if (!closed && ticking.compareAndSet(false, true)) {
      try {
        check(nowNanos);
      } finally {
        ticking.set(false);
      }
    }
  }

  private void check(long nowNanos) {
    DispatchStream stream = current.get();
    if (stream == null) {
      if (!dialedBefore || nowNanos - dialedAt >= pause) {
        dial(nowNanos);
      }
    } else if (stream.isReady()) {
      backoff.reset();
      if (stream.isMissingTasks(nowNanos)) {
        // The next stream begins with what it holds; the rest is placed again.
        stream.end("it holds fewer tasks than it was given");
      }
    } else if (nowNanos - dialedAt > HANDSHAKE_NANOS) {
      stream.end("no answer");
    }
  }

  @Override
  public void close() {
    closed = true;
    DispatchStream stream = current.get();
    if (stream != null) {
      stream.end("removed");
    }
    channel.shutdownNow();
  }

  private void dial(long nowNanos) {
    dialedBefore = true;
    dialedAt = nowNanos;
    pause = backoff.next();
    DispatchStream stream =
        new DispatchStream(uuid, sessions.getAsLong(), settings, nowNanos, this::ended);
    current.set(stream);
    channel.resetConnectBackoff();
    DispatchServiceGrpc.newStub(channel).dispatch(stream);
    stream.hello();
    // Closed meanwhile: the stream must not outlive the link.
    if (closed) {
      stream.end("removed");
    }
  }

  private void ended(DispatchStream stream, String reason) {
    current.compareAndSet(stream, null);
    settings
        .sink()
        .deliver(List.of(new Command.Disconnected(uuid, stream.session(), reason)), () -> {});
  }
}
