package io.swarmpilot.taskinstance.dispatch;

import io.swarmpilot.proto.taskinstance.v1.Hello;
import io.swarmpilot.runtime.error.ErrorReason;
import io.swarmpilot.runtime.error.MeshException;
import io.swarmpilot.taskinstance.queue.DispatchPort;
import io.swarmpilot.taskinstance.queue.Holdings;
import org.jspecify.annotations.Nullable;

/// Which scheduler the instance serves: the one with the highest epoch, on its newest stream.
final class Tenancy {
  private final DispatchPort port;
  private @Nullable DispatchSession tenant;
  private String scheduler = "";
  private long epoch = Long.MIN_VALUE;

  Tenancy(DispatchPort port) {
    this.port = port;
  }

  /// Makes a stream the one that is served.
  ///
  /// @throws MeshException STALE_EPOCH when a newer scheduler was seen, or another one of the same
  ///   epoch is being served
  Entry enter(DispatchSession session, Hello hello) {
    // Taking the events over must be part of the decision: of two streams that enter at the same
    // moment the loser must not be attached last.
    synchronized (this) {
      boolean stranger = tenant != null && !scheduler.equals(hello.getSchedulerId());
      if (hello.getEpoch() < epoch || (hello.getEpoch() == epoch && stranger)) {
        throw MeshException.of(
                ErrorReason.STALE_EPOCH,
                "epoch " + hello.getEpoch() + " is not newer than the epoch " + epoch + " served")
            .with("epoch", Long.toString(epoch));
      }
      DispatchSession superseded = tenant;
      tenant = session;
      scheduler = hello.getSchedulerId();
      epoch = hello.getEpoch();
      return new Entry(port.attach(session), superseded);
    }
  }

  /// Notes that a stream has ended.
  void leave(DispatchSession session) {
    port.detach(session);
    synchronized (this) {
      if (session.equals(tenant)) {
        tenant = null;
      }
    }
  }

  /// The stream that is served, if one is open.
  synchronized @Nullable DispatchSession tenant() {
    return tenant;
  }

  /// What a stream that entered begins with.
  ///
  /// @param holdings what the instance holds
  /// @param superseded stream to be ended; null when none was open
  record Entry(Holdings holdings, @Nullable DispatchSession superseded) {}
}
