package io.swarmpilot.benchmark.agent;

import com.google.common.collect.ImmutableMap;
import com.google.common.net.HostAndPort;
import io.grpc.ManagedChannel;
import io.grpc.StatusException;
import io.grpc.stub.BlockingClientCall;
import io.swarmpilot.benchmark.monitor.Metric;
import io.swarmpilot.benchmark.monitor.MonitorSettings;
import io.swarmpilot.benchmark.monitor.Reading;
import io.swarmpilot.benchmark.monitor.ReadingLog;
import io.swarmpilot.proto.benchmark.v1.NodeAgentServiceGrpc;
import io.swarmpilot.proto.benchmark.v1.WatchReadingsRequest;
import io.swarmpilot.proto.benchmark.v1.WatchReadingsResponse;
import io.swarmpilot.runtime.grpc.MeshChannels;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Samples another machine through its agent, while something is measured. A connection that breaks
/// is made again; readings of the time in between are missing.
public final class RemoteMonitor implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RemoteMonitor.class);
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final HostAndPort agent;
  private final MonitorSettings settings;
  private final ManagedChannel channel;
  private final Thread thread;
  private volatile @Nullable ReadingLog readings;

  private RemoteMonitor(HostAndPort agent, MonitorSettings settings) {
    this.agent = agent;
    this.settings = settings;
    channel = MeshChannels.netty(agent.getHost(), agent.getPort());
    thread = Thread.ofVirtual().name("monitor-" + agent).unstarted(this::run);
  }

  /// Starts sampling in the background.
  ///
  /// @param agent where the agent listens
  public static RemoteMonitor start(HostAndPort agent, MonitorSettings settings) {
    RemoteMonitor monitor = new RemoteMonitor(agent, settings);
    monitor.thread.start();
    return monitor;
  }

  /// The most recent values by their column; empty before the first.
  public ImmutableMap<String, Object> getLatest() {
    ReadingLog current = readings;
    return current == null ? ImmutableMap.of() : current.latest();
  }

  private void run() {
    try {
      while (true) {
        watch();
        Thread.sleep(RETRY);
      }
    } catch (InterruptedException e) {
      log.debug("{} is no longer watched", agent);
    } catch (IOException e) {
      log.warn("the readings of {} cannot be written: {}", agent, e.toString());
    }
  }

  private void watch() throws IOException, InterruptedException {
    WatchReadingsRequest request =
        WatchReadingsRequest.newBuilder()
            .setIntervalMs((int) settings.interval().toMillis())
            .addAllMetrics(settings.metrics().stream().map(Metric::label).toList())
            .build();
    BlockingClientCall<?, WatchReadingsResponse> call =
        NodeAgentServiceGrpc.newBlockingV2Stub(channel).watchReadings(request);
    try {
      for (WatchReadingsResponse next = call.read(); next != null; next = call.read()) {
        accept(next);
      }
    } catch (StatusException e) {
      log.warn("the agent at {} tells nothing: {}", agent, e.getStatus());
    } finally {
      call.cancel("no longer wanted", null);
    }
  }

  private void accept(WatchReadingsResponse message) throws IOException {
    Reading reading = AgentMessages.reading(message);
    ReadingLog current = readings;
    if (current == null) {
      current = ReadingLog.open(settings, reading.gpus().size(), message.getHost());
      readings = current;
    }
    current.accept(reading, 0);
  }

  /// Ends sampling, and the file; pushes for the last time.
  @Override
  public void close() {
    thread.interrupt();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    var _ = channel.shutdownNow();
    ReadingLog current = readings;
    if (current != null) {
      current.close();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
