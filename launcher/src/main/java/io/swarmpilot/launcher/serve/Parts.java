package io.swarmpilot.launcher.serve;

import io.grpc.ManagedChannel;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What was started and has to be stopped, last first. Parts may be added by any thread.
final class Parts implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Parts.class);

  private final Deque<Runnable> stops = new ConcurrentLinkedDeque<>();

  /// Adds a part and the way to stop it.
  <T> T add(T part, Consumer<? super T> stop) {
    stops.push(() -> stop.accept(part));
    return part;
  }

  /// Adds a channel.
  ManagedChannel channel(ManagedChannel channel) {
    return add(channel, ManagedChannel::shutdownNow);
  }

  /// Stops everything; what cannot be stopped does not keep the rest from stopping.
  @Override
  public void close() {
    Runnable stop;
    while ((stop = stops.poll()) != null) {
      try {
        stop.run();
      } catch (RuntimeException e) {
        log.warn("a part did not stop cleanly: {}", e.toString());
      }
    }
  }
}
