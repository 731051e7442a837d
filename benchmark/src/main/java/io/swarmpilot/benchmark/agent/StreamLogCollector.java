package io.swarmpilot.benchmark.agent;

import com.google.common.collect.ImmutableMap;
import com.google.common.net.HostAndPort;
import io.grpc.ManagedChannel;
import io.swarmpilot.benchmark.ToolkitThreads;
import io.swarmpilot.benchmark.logs.BaseLogCollector;
import io.swarmpilot.benchmark.logs.GatheredLines;
import io.swarmpilot.benchmark.logs.LogSource;
import io.swarmpilot.benchmark.logs.LogSource.Stream;
import io.swarmpilot.benchmark.logs.TailerSettings;
import io.swarmpilot.runtime.grpc.MeshChannels;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gathers the logs of nodes that share no directory, through their agents: the same files as
/// `TailerLogCollector` reads, each in its agent's log directory. The summary names as `incomplete`
/// the logs whose end did not come.
public final class StreamLogCollector implements BaseLogCollector {
  private static final Logger log = LoggerFactory.getLogger(StreamLogCollector.class);

  /// How long the rest of a log may take to come at the end.
  private static final Duration REST = Duration.ofSeconds(30);

  private final TailerSettings settings;
  private final Map<String, HostAndPort> agents;
  private final Map<String, ManagedChannel> channels = new HashMap<>();
  private final List<FollowedLog> followed = new ArrayList<>();
  private final Clock clock = Clock.systemUTC();
  private @Nullable GatheredLines gathered;
  private @Nullable ScheduledExecutorService flusher;

  /// A collector; nothing happens before it is deployed.
  ///
  /// @param settings where the lines go; its log directory is not used
  /// @param agents where the agent of each node listens
  public StreamLogCollector(TailerSettings settings, Map<String, HostAndPort> agents) {
    this.settings = settings;
    this.agents = Map.copyOf(agents);
  }

  @Override
  public synchronized boolean deploy(List<LogSource> sources) {
    if (gathered != null) {
      return startCollection(sources);
    }
    try {
      gathered = new GatheredLines(settings);
    } catch (IOException e) {
      log.warn("logs cannot be collected: {}", e.toString());
      return false;
    }
    ScheduledExecutorService timer = ToolkitThreads.timer("log-flusher");
    long flush = settings.flushInterval().toMillis();
    var _ = timer.scheduleWithFixedDelay(this::flush, flush, flush, TimeUnit.MILLISECONDS);
    flusher = timer;
    return startCollection(sources);
  }

  @Override
  public synchronized boolean startCollection(List<LogSource> sources) {
    if (gathered == null
        || !sources.stream().allMatch(source -> agents.containsKey(source.node()))) {
      return false;
    }
    for (LogSource source : sources) {
      ManagedChannel channel = channels.computeIfAbsent(source.node(), this::connect);
      for (Stream stream : Stream.values()) {
        followed.add(
            FollowedLog.start(
                channel, source.fileName(stream), lines -> append(source, stream, lines)));
      }
    }
    return true;
  }

  @Override
  public synchronized boolean isReady() {
    return gathered != null && followed.stream().allMatch(FollowedLog::isConnected);
  }

  @Override
  public ImmutableMap<String, Object> stopCollection() {
    List<FollowedLog> ending;
    synchronized (this) {
      ending = List.copyOf(followed);
      followed.clear();
    }
    List<String> incomplete =
        ending.parallelStream().filter(each -> !each.finish(REST)).map(FollowedLog::name).toList();
    return end(incomplete);
  }

  private synchronized ImmutableMap<String, Object> end(List<String> incomplete) {
    GatheredLines lines = gathered;
    gathered = null;
    if (lines == null) {
      return ImmutableMap.of();
    }
    if (flusher != null) {
      flusher.shutdown();
    }
    channels.values().forEach(ManagedChannel::shutdownNow);
    channels.clear();
    lines.close();
    ImmutableMap.Builder<String, Object> summary = ImmutableMap.builder();
    summary.putAll(lines.summary());
    if (!incomplete.isEmpty()) {
      summary.put("incomplete", incomplete);
    }
    return summary.buildOrThrow();
  }

  private ManagedChannel connect(String node) {
    HostAndPort agent = agents.get(node);
    if (agent == null) {
      throw new IllegalArgumentException("no agent on " + node);
    }
    return MeshChannels.netty(agent.getHost(), agent.getPort());
  }

  private synchronized void append(LogSource source, Stream stream, List<String> lines) {
    GatheredLines files = gathered;
    if (files != null) {
      lines.forEach(line -> files.append(source, stream, line, clock.instant()));
    }
  }

  private synchronized void flush() {
    if (gathered != null) {
      gathered.flush();
    }
  }
}
