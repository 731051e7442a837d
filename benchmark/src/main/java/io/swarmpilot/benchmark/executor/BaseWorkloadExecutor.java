package io.swarmpilot.benchmark.executor;

import io.swarmpilot.benchmark.recipe.WorkloadSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// A workload executor for a client node: serves the documented REST paths until it is closed.
///
/// Those of the toolkit drive load with its engine. For a service of your own override
/// [#runBenchmark(WorkloadSettings, int, RequestLog)], which is one client:
///
/// ```java
/// final class MyExecutor extends BaseWorkloadExecutor {
///   MyExecutor(int port) {
///     super(port);
///   }
///
///   @Override
///   public String getServiceName() {
///     return "myservice";
///   }
///
///   @Override
///   protected void runBenchmark(WorkloadSettings workload, int threadId, RequestLog log) {
///     while (log.goesOn()) {
///       log.request(() -> callMyService(workload.model()));
///     }
///   }
/// }
/// ```
public abstract class BaseWorkloadExecutor implements AutoCloseable {
  /// Port where none is given.
  public static final int DEFAULT_PORT = 5_000;

  private static final String EVERY_NETWORK = "0.0.0.0";

  private final int port;
  private final CountDownLatch closed = new CountDownLatch(1);
  private @Nullable WorkloadExecutorServer server;

  /// An executor for a port; 0 picks a free one.
  protected BaseWorkloadExecutor(int port) {
    this.port = port;
  }

  /// Name of the service, for metrics and health.
  public abstract String getServiceName();

  /// What one client does: sends requests until the log says that it is enough.
  ///
  /// @param threadId the client, from 0
  protected void runBenchmark(WorkloadSettings workload, int threadId, RequestLog log)
      throws Exception {
    throw new UnsupportedOperationException(
        getServiceName() + " executors drive load in another way");
  }

  /// How workloads are driven.
  protected WorkloadRunner runner() {
    return new ThreadsRunner(getServiceName(), this::runBenchmark);
  }

  /// Serves on every network until it is closed.
  ///
  /// @throws IOException when the port cannot be bound
  public final void run() throws IOException, InterruptedException {
    start(EVERY_NETWORK, OptionalInt.empty());
    closed.await();
  }

  /// Starts serving and returns.
  ///
  /// @param host address to listen on
  /// @param grpcPort of gRPC alone; empty for none
  /// @throws IOException when a port cannot be bound
  public final synchronized void start(String host, OptionalInt grpcPort) throws IOException {
    if (server != null) {
      throw new IllegalStateException("the executor was started before");
    }
    server = WorkloadExecutorServer.start(runner(), host, port, grpcPort);
  }

  /// The port it serves on.
  public final synchronized int port() {
    return server == null ? port : server.port();
  }

  /// Stops the workload, then serving; calls under way may end for at most `grace`.
  public final void drain(Duration grace) {
    WorkloadExecutorServer started;
    synchronized (this) {
      started = server;
    }
    if (started != null) {
      started.drain(grace);
    }
    release();
    closed.countDown();
  }

  /// Stops at once.
  @Override
  public final void close() {
    drain(Duration.ZERO);
  }

  /// Gives back what load was driven with.
  void release() {}
}
