package io.swarmpilot.benchmark.agent;

import io.grpc.Channel;
import io.grpc.StatusException;
import io.grpc.stub.BlockingClientCall;
import io.swarmpilot.proto.benchmark.v1.FollowLogRequest;
import io.swarmpilot.proto.benchmark.v1.FollowLogResponse;
import io.swarmpilot.proto.benchmark.v1.LogPosition;
import io.swarmpilot.proto.benchmark.v1.NodeAgentServiceGrpc;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One log that an agent follows for us. After a broken connection it goes on behind the last line
/// that came.
final class FollowedLog {
  private static final Logger log = LoggerFactory.getLogger(FollowedLog.class);
  private static final Duration RETRY = Duration.ofMillis(500);

  private final Channel channel;
  private final String name;
  private final Consumer<List<String>> lines;
  private final Thread thread;
  private @Nullable LogPosition next;
  private volatile boolean connected;

  private FollowedLog(Channel channel, String name, Consumer<List<String>> lines) {
    this.channel = channel;
    this.name = name;
    this.lines = lines;
    thread = Thread.ofVirtual().name("log-" + name).unstarted(this::run);
  }

  /// Starts following in the background.
  static FollowedLog start(Channel channel, String name, Consumer<List<String>> lines) {
    FollowedLog followed = new FollowedLog(channel, name, lines);
    followed.thread.start();
    return followed;
  }

  /// Whether the agent answers.
  boolean isConnected() {
    return connected;
  }

  /// Its name.
  String name() {
    return name;
  }

  /// Takes what is left, for at most a while, and ends; false when not all of it came.
  boolean finish(Duration patience) {
    thread.interrupt();
    try {
      thread.join();
      return read(true, patience);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void run() {
    try {
      while (true) {
        boolean _ = read(false, Duration.ZERO);
        Thread.sleep(RETRY);
      }
    } catch (InterruptedException e) {
      log.debug("{} is no longer followed", name);
    }
  }

  private boolean read(boolean untilEnd, Duration patience) throws InterruptedException {
    FollowLogRequest.Builder request =
        FollowLogRequest.newBuilder().setName(name).setUntilEnd(untilEnd);
    if (next != null) {
      request.setFrom(next);
    }
    var stub = NodeAgentServiceGrpc.newBlockingV2Stub(channel);
    BlockingClientCall<?, FollowLogResponse> call =
        (untilEnd ? stub.withDeadlineAfter(patience.toNanos(), TimeUnit.NANOSECONDS) : stub)
            .followLog(request.build());
    try {
      for (FollowLogResponse some = call.read(); some != null; some = call.read()) {
        connected = true;
        lines.accept(some.getLinesList());
        next = some.getNext();
      }
      return true;
    } catch (StatusException e) {
      connected = false;
      log.warn("the log {} is not told: {}", name, e.getStatus());
      return false;
    } finally {
      call.cancel("no longer wanted", null);
    }
  }
}
