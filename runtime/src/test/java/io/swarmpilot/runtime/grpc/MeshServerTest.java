package io.swarmpilot.runtime.grpc;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import io.swarmpilot.proto.scheduler.v1.QueryTaskRequest;
import io.swarmpilot.proto.scheduler.v1.QueryTaskResponse;
import io.swarmpilot.proto.scheduler.v1.SchedulerServiceGrpc;
import io.swarmpilot.runtime.error.ErrorMapping;
import io.swarmpilot.runtime.error.ErrorReason;
import io.swarmpilot.runtime.error.MeshException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class MeshServerTest {
  private MeshServer server;
  private ManagedChannel channel;

  @BeforeEach
  void start() throws IOException {
    server = MeshServer.builder().service(new Misbehaving()).listen("127.0.0.1", 0).build().start();
    channel = MeshChannels.netty("127.0.0.1", server.port());
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    server.close();
  }

  @Test
  void answersARefusalWithItsReasonAndFields() throws InvalidProtocolBufferException {
    StatusRuntimeException failure = query("invalid");

    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(failure.getStatus().getDescription()).isEqualTo("task_id: must not be odd");
    assertThat(ErrorMapping.reason(failure)).contains(ErrorReason.INVALID_FIELD);
    BadRequest request = details(failure).getDetails(1).unpack(BadRequest.class);
    assertThat(request.getFieldViolations(0).getField()).isEqualTo("task_id");
    assertThat(request.getFieldViolations(0).getReason()).isEqualTo("value_error");
  }

  @Test
  void answersAFailureOfAStageAlike() throws InvalidProtocolBufferException {
    StatusRuntimeException failure = query("full");

    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    assertThat(ErrorMapping.errorInfo(failure).map(ErrorInfo::getMetadataMap))
        .hasValueSatisfying(details -> assertThat(details).containsEntry("bound", "10"));
    RetryInfo retry = details(failure).getDetails(1).unpack(RetryInfo.class);
    assertThat(retry.getRetryDelay().getSeconds()).isEqualTo(3);
  }

  @Test
  void hidesWhatWentWrongInside() {
    StatusRuntimeException thrown = query("bug");

    assertThat(thrown.getStatus().getCode()).isEqualTo(Status.Code.INTERNAL);
    assertThat(thrown.getStatus().getDescription()).isEqualTo("internal error");
    assertThat(ErrorMapping.reason(thrown)).contains(ErrorReason.INTERNAL);
  }

  @Test
  void reportsHealthUntilItDrains() {
    HealthGrpc.HealthBlockingStub health = HealthGrpc.newBlockingStub(channel);
    HealthCheckRequest service =
        HealthCheckRequest.newBuilder().setService(SchedulerServiceGrpc.SERVICE_NAME).build();

    assertThat(health.check(service).getStatus()).isEqualTo(ServingStatus.SERVING);
    server.drain(Duration.ofSeconds(1));
    assertThat(query("anything").getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
  }

  @Test
  void servesTheSameInsideTheProcess() throws IOException {
    try (MeshServer local =
        MeshServer.builder().service(new Misbehaving()).inProcess("mesh-server-test").build()) {
      local.start();
      ManagedChannel inside = MeshChannels.inProcess("mesh-server-test");
      try {
        assertThat(local.port()).isEqualTo(-1);
        assertThat(ErrorMapping.reason(query(inside, "invalid")))
            .contains(ErrorReason.INVALID_FIELD);
      } finally {
        inside.shutdownNow();
      }
    }
  }

  @Test
  void leavesNothingListeningWhenItsPortIsTaken() {
    MeshServer second =
        MeshServer.builder()
            .service(new Misbehaving())
            .listen("127.0.0.1", server.port())
            .inProcess("mesh-server-taken")
            .build();

    assertThat(catchThrowableOfType(IOException.class, second::start)).isNotNull();
    ManagedChannel inside = MeshChannels.inProcess("mesh-server-taken");
    try {
      assertThat(query(inside, "invalid").getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    } finally {
      inside.shutdownNow();
    }
  }

  private static com.google.rpc.Status details(StatusRuntimeException failure) {
    return requireNonNull(StatusProto.fromThrowable(failure));
  }

  private StatusRuntimeException query(String id) {
    return query(channel, id);
  }

  private static StatusRuntimeException query(ManagedChannel channel, String id) {
    return catchThrowableOfType(
        StatusRuntimeException.class,
        () ->
            SchedulerServiceGrpc.newBlockingStub(channel)
                .queryTask(QueryTaskRequest.newBuilder().setTaskId(id).build()));
  }

  /// Fails in every way that a service method can.
  private static final class Misbehaving extends SchedulerServiceGrpc.SchedulerServiceImplBase {
    @Override
    public void queryTask(QueryTaskRequest request, StreamObserver<QueryTaskResponse> observer) {
      switch (request.getTaskId()) {
        case "invalid" ->
            Unary.answer(
                observer,
                () -> {
                  throw MeshException.invalid("task_id", "must not be odd");
                });
        case "full" ->
            Unary.answerWhenDone(
                observer,
                CompletableFuture.failedStage(
                    new CompletionException(
                        MeshException.of(ErrorReason.QUEUE_FULL, "full")
                            .with("bound", "10")
                            .retryAfter(Duration.ofSeconds(3)))));
        default -> throw new IllegalStateException("secret internals");
      }
    }
  }
}
