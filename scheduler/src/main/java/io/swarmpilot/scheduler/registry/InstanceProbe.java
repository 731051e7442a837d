package io.swarmpilot.scheduler.registry;

import com.google.common.util.concurrent.ListenableFuture;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.swarmpilot.proto.taskinstance.v1.GetStatusRequest;
import io.swarmpilot.proto.taskinstance.v1.GetStatusResponse;
import io.swarmpilot.proto.taskinstance.v1.TaskInstanceServiceGrpc;
import io.swarmpilot.scheduler.dispatch.ChannelDialer;
import io.swarmpilot.scheduler.dispatch.Failures;
import io.swarmpilot.scheduler.dispatch.ForeignApi;
import io.swarmpilot.scheduler.dispatch.ForeignStatus;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Asks an address what instance listens there: one of ours, or one with the documented REST
/// endpoints only.
final class InstanceProbe {
  private static final long CONNECT_MS = 800;
  private static final int LAST_TRY_MS = 150;
  private static final long ANSWER_MS = 3_000;
  private static final String UNHEALTHY = "Health check failed";

  private final ChannelDialer dialer;
  private final HttpClient http;

  InstanceProbe(ChannelDialer dialer, HttpClient http) {
    this.dialer = dialer;
    this.http = http;
  }

  /// The status of an instance of ours, or that of a foreign one.
  Found probe(String host, int port) throws Refusal, InterruptedException {
    ManagedChannel channel = dialer.dial(host, port);
    try {
      return new Found.Mesh(ask(channel, host, port));
    } catch (ExecutionException e) {
      Status status = Status.fromThrowable(e);
      if (Failures.isUnreachable(status)) {
        throw new Refusal(Failures.describe(status));
      }
    } catch (TimeoutException e) {
      return askForeign(host, port, CONNECT_MS)
          .orElseThrow(() -> new Refusal("Connection timed out"));
    } finally {
      channel.shutdownNow();
    }
    return askForeign(host, port, ANSWER_MS).orElseThrow(() -> new Refusal(UNHEALTHY));
  }

  /// The status of an instance of ours; empty when none of ours answers.
  Optional<GetStatusResponse> probeMesh(String host, int port) throws InterruptedException {
    ManagedChannel channel = dialer.dial(host, port);
    try {
      return Optional.of(ask(channel, host, port));
    } catch (ExecutionException | TimeoutException e) {
      return Optional.empty();
    } finally {
      channel.shutdownNow();
    }
  }

  /// An address nobody answers at is given up soon; one that takes connections may take longer: a
  /// busy machine is slow to greet.
  private static GetStatusResponse ask(ManagedChannel channel, String host, int port)
      throws ExecutionException, TimeoutException, InterruptedException {
    ListenableFuture<GetStatusResponse> answer =
        TaskInstanceServiceGrpc.newFutureStub(channel)
            .withDeadlineAfter(ANSWER_MS, TimeUnit.MILLISECONDS)
            .getStatus(GetStatusRequest.getDefaultInstance());
    try {
      return answer.get(CONNECT_MS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      if (channel.getState(false) == ConnectivityState.READY || takesConnections(host, port)) {
        return answer.get();
      }
      throw e;
    }
  }

  private static boolean takesConnections(String host, int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), LAST_TRY_MS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private Optional<Found> askForeign(String host, int port, long patienceMs)
      throws InterruptedException {
    try {
      Optional<ForeignStatus> status =
          new ForeignApi(http, host, port).status(Duration.ofMillis(patienceMs));
      return status.map(Found.Foreign::new);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /// What was found.
  sealed interface Found {
    /// An instance of ours.
    ///
    /// @param status what it says of itself
    record Mesh(GetStatusResponse status) implements Found {}

    /// A foreign instance.
    ///
    /// @param status what it says of itself
    record Foreign(ForeignStatus status) implements Found {}
  }
}
