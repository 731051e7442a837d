package io.swarmpilot.taskinstance.dispatch;

import io.swarmpilot.proto.taskinstance.v1.DispatchResponse;
import io.swarmpilot.taskinstance.queue.DispatchListener;
import io.swarmpilot.taskinstance.queue.DispatchPort;
import io.swarmpilot.taskinstance.queue.Holdings;
import io.swarmpilot.taskinstance.queue.TaskQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// What one stream has to say next: the inventory, then heartbeats and events, batched.
final class Outgoing {
  private static final int MAX_BATCH_EVENTS = 256;
  private static final long MAX_BATCH_BYTES = 1 << 20;

  private final TaskQueue queue;
  private final DispatchPort port;
  private final EventMessages messages;
  private final AtomicBoolean heartbeatDue = new AtomicBoolean();
  private final AtomicReference<@Nullable Holdings> inventoryDue = new AtomicReference<>();

  Outgoing(TaskQueue queue, EventMessages messages) {
    this.queue = queue;
    this.port = queue.dispatchPort();
    this.messages = messages;
  }

  /// Says first what the instance holds.
  void begin(Holdings holdings) {
    inventoryDue.set(holdings);
  }

  /// Says with the next batch that the instance is alive. Several requests become one heartbeat.
  void requestHeartbeat() {
    heartbeatDue.set(true);
  }

  /// Events that wait.
  int backlog() {
    return port.backlog();
  }

  /// The next message; empty when there is nothing to say.
  DispatchResponse nextBatch(DispatchListener stream) {
    DispatchResponse.Builder batch = DispatchResponse.newBuilder();
    Holdings holdings = inventoryDue.getAndSet(null);
    if (holdings != null) {
      batch.addEvents(messages.inventory(holdings));
    }
    if (heartbeatDue.getAndSet(false)) {
      batch.addEvents(messages.heartbeat(queue.view()));
    }
    port.take(stream, MAX_BATCH_EVENTS, MAX_BATCH_BYTES)
        .forEach(event -> messages.add(event, batch));
    return batch.build();
  }
}
