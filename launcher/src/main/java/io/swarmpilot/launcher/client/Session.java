package io.swarmpilot.launcher.client;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.swarmpilot.client.Endpoint;
import io.swarmpilot.client.MeshClient;
import io.swarmpilot.client.MeshClientException;
import io.swarmpilot.client.Task;
import io.swarmpilot.launcher.settings.CommandFailure;
import io.swarmpilot.proto.predictor.v1.PredictorServiceGrpc;
import io.swarmpilot.proto.predictor.v1.PredictorServiceGrpc.PredictorServiceBlockingStub;
import io.swarmpilot.proto.scheduler.v1.SchedulerServiceGrpc;
import io.swarmpilot.proto.scheduler.v1.SchedulerServiceGrpc.SchedulerServiceBlockingStub;
import io.swarmpilot.proto.scheduler.v1.ShadowServiceGrpc;
import io.swarmpilot.proto.scheduler.v1.ShadowServiceGrpc.ShadowServiceBlockingStub;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// A connection to one service for the length of one command.
final class Session implements AutoCloseable {
  private static final Duration MOST_PATIENCE = Duration.ofHours(1);

  private final String service;
  private final Endpoint endpoint;
  private final Duration timeout;
  private final ManagedChannel channel;

  Session(String service, Endpoint endpoint, Duration timeout) {
    this.service = service;
    this.endpoint = endpoint;
    this.timeout = timeout;
    this.channel = endpoint.connect();
  }

  /// The answer to a call; its failure in words otherwise.
  <A> A call(Supplier<A> call) {
    try {
      return call.get();
    } catch (RuntimeException e) {
      throw explain(MeshClientException.of(e));
    }
  }

  SchedulerServiceBlockingStub scheduler() {
    return SchedulerServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(timeout.toNanos(), TimeUnit.NANOSECONDS);
  }

  ShadowServiceBlockingStub shadows() {
    return ShadowServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(timeout.toNanos(), TimeUnit.NANOSECONDS);
  }

  /// A stub for a call that may take as long as this.
  SchedulerServiceBlockingStub scheduler(Duration longest) {
    return SchedulerServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(longest.toNanos(), TimeUnit.NANOSECONDS);
  }

  PredictorServiceBlockingStub predictor() {
    return PredictorServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(timeout.toNanos(), TimeUnit.NANOSECONDS);
  }

  /// A stub for what takes as long as it takes.
  PredictorServiceBlockingStub patientPredictor() {
    return PredictorServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(MOST_PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
  }

  /// Waits until a task has ended.
  Task completion(String taskId, Duration maxWait) {
    try (MeshClient mesh = new MeshClient(channel, timeout)) {
      return call(() -> mesh.waitForCompletion(taskId, maxWait));
    }
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }

  private CommandFailure explain(MeshClientException failure) {
    boolean unreachable = failure.code() == Status.Code.UNAVAILABLE && failure.reason().isEmpty();
    String where = "the " + service + " at " + endpoint.authority();
    if (unreachable) {
      return new CommandFailure(
          "cannot reach " + where + " (" + failure.message() + "). Is it running? ./swarmpilot up",
          failure);
    }
    if (failure.code() == Status.Code.DEADLINE_EXCEEDED) {
      return new CommandFailure(where + ": " + failure.message(), failure);
    }
    if (failure.code() == Status.Code.UNIMPLEMENTED) {
      return new CommandFailure(
          endpoint.authority() + " answers, but is not a " + service + " of the mesh", failure);
    }
    String reason = failure.reason().map(name -> " (" + name + ")").orElse("");
    return new CommandFailure(failure.message() + reason, failure);
  }
}
