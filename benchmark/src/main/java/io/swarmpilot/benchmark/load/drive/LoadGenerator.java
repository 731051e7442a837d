package io.swarmpilot.benchmark.load.drive;

import com.linecorp.armeria.client.ClientFactory;
import io.swarmpilot.benchmark.load.LoadPlan;
import io.swarmpilot.benchmark.protocol.Targets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// Makes load. It keeps connections from one run to the next.
///
/// ```java
/// try (LoadGenerator generator = new LoadGenerator()) {
///   RunSnapshot end = generator.start(plan).over().join();
///   System.out.println(end.measured().series(Metric.RESPONSE).quantileMs(0.99));
/// }
/// ```
public final class LoadGenerator implements AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration IDLE = Duration.ofSeconds(60);

  private final ClientFactory connections =
      ClientFactory.builder().connectTimeout(CONNECT_TIMEOUT).idleTimeout(IDLE).build();
  private final AtomicLong epochs = new AtomicLong();

  /// Starts a run; several may be under way.
  public LoadRun start(LoadPlan plan) {
    return LoadRun.start(
        epochs.incrementAndGet(),
        plan,
        Targets.open(plan.aim(), plan.limits().requestTimeout(), connections));
  }

  /// Closes the connections. Runs under way are to be stopped before.
  @Override
  public void close() {
    connections.close();
  }
}
