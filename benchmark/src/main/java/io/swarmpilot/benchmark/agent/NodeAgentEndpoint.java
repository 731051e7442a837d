package io.swarmpilot.benchmark.agent;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.swarmpilot.benchmark.logs.FileTail;
import io.swarmpilot.benchmark.monitor.MachineProbe;
import io.swarmpilot.benchmark.monitor.Metric;
import io.swarmpilot.benchmark.monitor.Probes;
import io.swarmpilot.proto.benchmark.v1.FollowLogRequest;
import io.swarmpilot.proto.benchmark.v1.FollowLogResponse;
import io.swarmpilot.proto.benchmark.v1.NodeAgentServiceGrpc.NodeAgentServiceImplBase;
import io.swarmpilot.proto.benchmark.v1.WatchReadingsRequest;
import io.swarmpilot.proto.benchmark.v1.WatchReadingsResponse;
import io.swarmpilot.runtime.error.ErrorReason;
import io.swarmpilot.runtime.error.MeshException;
import io.swarmpilot.runtime.error.Violations;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers the calls of [NodeAgent].
final class NodeAgentEndpoint extends NodeAgentServiceImplBase {
  private static final Logger log = LoggerFactory.getLogger(NodeAgentEndpoint.class);
  private static final int MAX_STREAMS = 16;
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,254}");

  private final Path logDirectory;
  private final Probes probes;
  private final ExecutorService threads;
  private final InstantSource clock;
  private final Semaphore streams = new Semaphore(MAX_STREAMS);

  /// @param threads one for every stream; interrupted when the agent stops
  NodeAgentEndpoint(
      Path logDirectory, Probes probes, ExecutorService threads, InstantSource clock) {
    this.logDirectory = logDirectory;
    this.probes = probes;
    this.threads = threads;
    this.clock = clock;
  }

  @Override
  public void watchReadings(
      WatchReadingsRequest request, StreamObserver<WatchReadingsResponse> observer) {
    int intervalMs = request.getIntervalMs() == 0 ? 1_000 : request.getIntervalMs();
    Violations violations = new Violations();
    violations.require(
        intervalMs >= 100 && intervalMs <= 3_600_000, "interval_ms", "must be 100 to 3,600,000");
    violations.require(
        request.getMetricsList().stream().allMatch(Metric::exists),
        "metrics",
        "must be of gpu, cpu and ram");
    violations.throwIfAny();
    Set<Metric> metrics =
        request.getMetricsCount() == 0
            ? EnumSet.allOf(Metric.class)
            : request.getMetricsList().stream().map(Metric::of).collect(Collectors.toSet());
    Duration interval = Duration.ofMillis(intervalMs);
    stream(observer, stream -> sample(metrics, interval, stream));
  }

  @Override
  public void followLog(FollowLogRequest request, StreamObserver<FollowLogResponse> observer) {
    Violations violations = new Violations();
    violations.require(
        NAME.matcher(request.getName()).matches(),
        "name",
        "must be the name of a file: 1 to 255 characters of A-Z a-z 0-9 . _ -");
    violations.require(request.getFrom().getOffset() >= 0, "from.offset", "must be at least 0");
    violations.throwIfAny();
    Path file = logDirectory.resolve(request.getName());
    stream(observer, stream -> follow(file, request, stream));
  }

  private void sample(
      Set<Metric> metrics, Duration interval, PacedStream<WatchReadingsResponse> stream)
      throws InterruptedException {
    try (MachineProbe probe = probes.open(metrics, interval)) {
      boolean wanted = true;
      while (wanted) {
        wanted =
            stream.send(AgentMessages.of(probe.read(clock.instant()), probe.gpus()))
                && stream.pause(interval);
      }
    }
  }

  private static void follow(
      Path file, FollowLogRequest request, PacedStream<FollowLogResponse> stream)
      throws IOException, InterruptedException {
    try (FileTail tail = FileTail.from(file, AgentMessages.place(request))) {
      LineBatches batches = new LineBatches(stream, tail);
      if (request.getUntilEnd()) {
        tail.finish(batches::add);
        batches.send();
        stream.complete();
        return;
      }
      batches.sendPlace();
      do {
        tail.poll(batches::add);
        batches.send();
      } while (!batches.isGone() && stream.pause(LOOK));
    }
  }

  private <T> void stream(StreamObserver<T> observer, Streaming<T> streaming) {
    if (!streams.tryAcquire()) {
      throw MeshException.of(
          ErrorReason.QUEUE_FULL, "The agent serves " + MAX_STREAMS + " streams already");
    }
    PacedStream<T> stream = new PacedStream<>((ServerCallStreamObserver<T>) observer);
    threads.execute(() -> run(stream, streaming, observer));
  }

  private <T> void run(PacedStream<T> stream, Streaming<T> streaming, StreamObserver<T> observer) {
    try {
      streaming.run(stream);
    } catch (InterruptedException e) {
      stream.abandon();
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException e) {
      log.warn("a stream ended: {}", e.toString());
      observer.onError(MeshException.of(ErrorReason.STORAGE_UNAVAILABLE, "cannot be read"));
    } finally {
      streams.release();
    }
  }

  private interface Streaming<T> {
    void run(PacedStream<T> stream) throws IOException, InterruptedException;
  }
}
