package io.swarmpilot.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.swarmpilot.proto.common.v1.JsonValue;
import io.swarmpilot.proto.scheduler.v1.SchedulerServiceGrpc;
import io.swarmpilot.proto.scheduler.v1.SubmitTaskRequest;
import io.swarmpilot.proto.scheduler.v1.SubmitTaskResponse;
import io.swarmpilot.proto.scheduler.v1.SubmitTasksRequest;
import io.swarmpilot.proto.scheduler.v1.WatchTasksRequest;
import io.swarmpilot.proto.scheduler.v1.WatchTasksResponse;
import io.swarmpilot.proto.taskinstance.v1.DispatchRequest;
import io.swarmpilot.proto.taskinstance.v1.DispatchResponse;
import io.swarmpilot.proto.taskinstance.v1.DispatchServiceGrpc;
import io.swarmpilot.runtime.error.ErrorMapping;
import io.swarmpilot.runtime.error.ErrorReason;
import io.swarmpilot.runtime.grpc.Limits;
import io.swarmpilot.runtime.grpc.MeshChannels;
import io.swarmpilot.runtime.json.CheckedJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/// Native gRPC and gRPC-Web on the gateway's ports.
@Timeout(30)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GrpcTest {
  private static final SubmitTaskRequest TASK =
      SubmitTaskRequest.newBuilder()
          .setModelName("m")
          .setTaskInput(JsonValue.newBuilder().setJson("{}"))
          .build();

  private TestMesh mesh;
  private ManagedChannel scheduler;
  private ManagedChannel all;

  @BeforeAll
  void start() throws IOException {
    mesh = new TestMesh();
    scheduler = MeshChannels.netty("127.0.0.1", mesh.gateway.schedulerPort().orElseThrow());
    all = MeshChannels.netty("127.0.0.1", mesh.gateway.allInOnePort().orElseThrow());
  }

  @AfterAll
  void stop() {
    scheduler.shutdownNow();
    all.shutdownNow();
    mesh.close();
  }

  @Test
  void unaryCallsPassWithTheirDeadline() throws InterruptedException {
    for (ManagedChannel channel : Arrays.asList(scheduler, all)) {
      mesh.scheduler.deadlines.clear();
      SubmitTaskResponse answer =
          SchedulerServiceGrpc.newBlockingStub(channel)
              .withDeadlineAfter(5, TimeUnit.SECONDS)
              .submitTask(TASK);
      assertThat(answer.getStatus()).isEqualTo("success");
      assertThat(mesh.scheduler.deadlines.take()).isBetween(1L, 5_000L);
      SubmitTaskResponse unhurried = SchedulerServiceGrpc.newBlockingStub(channel).submitTask(TASK);
      assertThat(unhurried.getTaskId()).isEqualTo("task-1");
      assertThat(mesh.scheduler.deadlines.take()).isEqualTo(-1);
    }
  }

  @Test
  void errorsKeepTheirDetails() {
    StatusRuntimeException full = failure("full");
    assertThat(full.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    assertThat(full.getStatus().getDescription()).isEqualTo("too many tasks");
    assertThat(ErrorMapping.reason(full)).contains(ErrorReason.QUEUE_FULL);
    assertThat(failure("bug").getStatus().getDescription()).isEqualTo("internal error");
  }

  @Test
  void nobodyForgesTheMarkOfCheckedJson() throws InterruptedException {
    mesh.scheduler.checked.clear();
    Metadata forged = new Metadata();
    forged.put(CheckedJson.HEADER, CheckedJson.CHECKED);
    SubmitTaskResponse answer =
        SchedulerServiceGrpc.newBlockingStub(scheduler)
            .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(forged))
            .submitTask(TASK);
    assertThat(answer.getStatus()).isEqualTo("success");
    assertThat(mesh.scheduler.checked.take()).isFalse();
  }

  @Test
  void serverStreamsPass() {
    Iterator<WatchTasksResponse> events =
        SchedulerServiceGrpc.newBlockingStub(scheduler)
            .watchTasks(WatchTasksRequest.newBuilder().addTaskIds("500").build());
    int count = 0;
    while (events.hasNext()) {
      assertThat(events.next().getData().getTaskId()).isEqualTo("task-" + count++);
    }
    assertThat(count).isEqualTo(500);
  }

  @Test
  void aStreamThatFailsKeepsWhatCameBefore() {
    Iterator<WatchTasksResponse> events =
        SchedulerServiceGrpc.newBlockingStub(scheduler)
            .watchTasks(WatchTasksRequest.newBuilder().addTaskIds("1").addTaskIds("fail").build());
    assertThat(events.next().getEvent()).isEqualTo("task_completed");
    StatusRuntimeException failure =
        catchThrowableOfType(StatusRuntimeException.class, events::hasNext);
    assertThat(ErrorMapping.reason(failure)).contains(ErrorReason.DRAINING);
  }

  @Test
  void cancellingReachesTheService() throws Exception {
    try (TestMesh own = new TestMesh()) {
      ManagedChannel channel =
          MeshChannels.netty("127.0.0.1", own.gateway.schedulerPort().orElseThrow());
      ClientCall<WatchTasksRequest, WatchTasksResponse> call =
          channel.newCall(SchedulerServiceGrpc.getWatchTasksMethod(), CallOptions.DEFAULT);
      ClientCalls.asyncServerStreamingCall(
          call,
          WatchTasksRequest.newBuilder().addTaskIds("1").addTaskIds("stay").build(),
          new Heard<>());
      assertThat(own.scheduler.hanging.await(10, TimeUnit.SECONDS)).isTrue();
      call.cancel("enough", null);
      assertThat(own.scheduler.cancelled.await(10, TimeUnit.SECONDS)).isTrue();
      channel.shutdownNow();
    }
  }

  @Test
  void aDeadlineThatPassesIsTold() {
    StatusRuntimeException failure =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () ->
                SchedulerServiceGrpc.newBlockingStub(scheduler)
                    .withDeadlineAfter(300, TimeUnit.MILLISECONDS)
                    .submitTask(TASK.toBuilder().setModelName("hang").build()));
    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
  }

  @Test
  void bothWaysAtOnce() throws InterruptedException {
    ManagedChannel instance =
        MeshChannels.netty("127.0.0.1", mesh.gateway.taskInstancePort(0).orElseThrow());
    Heard<DispatchResponse> heard = new Heard<>();
    StreamObserver<DispatchRequest> commands =
        DispatchServiceGrpc.newStub(instance).dispatch(heard);
    for (int i = 0; i < 20; i++) {
      commands.onNext(StubDispatch.hello(i));
      assertThat(heard.next().getEvents(0).getCompleted().getAttempt()).isEqualTo(i);
    }
    commands.onCompleted();
    assertThat(heard.done.take()).isEqualTo("completed");
    instance.shutdownNow();
  }

  @Test
  void unknownServicesAndMethodsAreUnimplemented() {
    StatusRuntimeException elsewhere =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () ->
                io.swarmpilot.proto.predictor.v1.PredictorServiceGrpc.newBlockingStub(scheduler)
                    .getHealth(
                        io.swarmpilot.proto.predictor.v1.GetHealthRequest.getDefaultInstance()));
    assertThat(elsewhere.getStatus().getCode()).isEqualTo(Status.Code.UNIMPLEMENTED);
    StatusRuntimeException unserved =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () ->
                SchedulerServiceGrpc.newBlockingStub(scheduler)
                    .setStrategy(
                        io.swarmpilot.proto.scheduler.v1.SetStrategyRequest.getDefaultInstance()));
    assertThat(unserved.getStatus().getCode()).isEqualTo(Status.Code.UNIMPLEMENTED);
  }

  @Test
  void messagesBeyondARestBodyPass() {
    byte[] large = new byte[20 << 20];
    Arrays.fill(large, (byte) ' ');
    StatusRuntimeException failure =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () ->
                SchedulerServiceGrpc.newBlockingStub(scheduler)
                    .submitTasks(
                        SubmitTasksRequest.newBuilder()
                            .setModelName(new String(large, StandardCharsets.US_ASCII))
                            .build()));
    assertThat(ErrorMapping.reason(failure)).contains(ErrorReason.INVALID_FIELD);
  }

  @Test
  void messagesBeyondTheLimitAreToldLikeAnyRefusal() {
    byte[] large = new byte[Limits.MAX_MESSAGE_BYTES];
    StatusRuntimeException failure =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () ->
                SchedulerServiceGrpc.newBlockingStub(scheduler)
                    .submitTask(
                        TASK.toBuilder().setModelNameBytes(ByteString.copyFrom(large)).build()));
    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    assertThat(failure.getStatus().getDescription()).isEqualTo("The message exceeds the limit");
    assertThat(ErrorMapping.reason(failure)).contains(ErrorReason.MESSAGE_TOO_LARGE);
  }

  @Test
  void reflectionListsThePortsServices() throws InterruptedException {
    assertThat(reflect(scheduler))
        .containsExactlyInAnyOrder(
            "grpc.health.v1.Health",
            "grpc.reflection.v1.ServerReflection",
            "swarmpilot.scheduler.v1.SchedulerService",
            "swarmpilot.scheduler.v1.ShadowService",
            "swarmpilot.scheduler.v1.StatisticsService");
    assertThat(reflect(all))
        .contains(
            "swarmpilot.scheduler.v1.SchedulerService",
            "swarmpilot.predictor.v1.PredictorService",
            "swarmpilot.taskinstance.v1.TaskInstanceService");
  }

  @Test
  void healthIsThatOfTheServices() {
    assertThat(check(scheduler, "swarmpilot.scheduler.v1.SchedulerService"))
        .isEqualTo(ServingStatus.SERVING);
    assertThat(check(scheduler, "")).isEqualTo(ServingStatus.SERVING);
    StatusRuntimeException unknown =
        catchThrowableOfType(StatusRuntimeException.class, () -> check(scheduler, "nope"));
    assertThat(unknown.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(check(all, "")).isEqualTo(ServingStatus.SERVING);
    assertThat(check(all, "swarmpilot.predictor.v1.PredictorService"))
        .isEqualTo(ServingStatus.SERVING);
  }

  @Test
  void healthChangesAreTold() throws Exception {
    try (TestMesh own = new TestMesh()) {
      ManagedChannel channel =
          MeshChannels.netty("127.0.0.1", own.gateway.schedulerPort().orElseThrow());
      Heard<HealthCheckResponse> heard = new Heard<>();
      HealthGrpc.newStub(channel).watch(HealthCheckRequest.getDefaultInstance(), heard);
      assertThat(heard.next().getStatus()).isEqualTo(ServingStatus.SERVING);
      own.stopServices();
      assertThat(heard.next().getStatus()).isEqualTo(ServingStatus.NOT_SERVING);
      channel.shutdownNow();
    }
  }

  @Test
  void grpcWebPasses() throws Exception {
    byte[] message = TASK.toByteArray();
    byte[] frame =
        ByteBuffer.allocate(5 + message.length)
            .put((byte) 0)
            .putInt(message.length)
            .put(message)
            .array();
    HttpResponse<byte[]> answer =
        mesh.http.send(
            HttpRequest.newBuilder(
                    URI.create(
                        mesh.scheduler("/swarmpilot.scheduler.v1.SchedulerService/SubmitTask")))
                .version(java.net.http.HttpClient.Version.HTTP_1_1)
                .header("content-type", "application/grpc-web+proto")
                .POST(BodyPublishers.ofByteArray(frame))
                .build(),
            BodyHandlers.ofByteArray());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("content-type")).hasValue("application/grpc-web+proto");
    ByteBuffer body = ByteBuffer.wrap(answer.body());
    assertThat(body.get()).isZero();
    byte[] payload = new byte[body.getInt()];
    body.get(payload);
    assertThat(SubmitTaskResponse.parseFrom(payload).getTaskId()).isEqualTo("task-1");
    assertThat(body.get()).isEqualTo((byte) 0x80);
    byte[] trailers = new byte[body.getInt()];
    body.get(trailers);
    assertThat(new String(trailers, StandardCharsets.US_ASCII)).contains("grpc-status: 0");
  }

  private StatusRuntimeException failure(String model) {
    return catchThrowableOfType(
        StatusRuntimeException.class,
        () ->
            SchedulerServiceGrpc.newBlockingStub(scheduler)
                .submitTask(TASK.toBuilder().setModelName(model).build()));
  }

  private static ServingStatus check(ManagedChannel channel, String service) {
    return HealthGrpc.newBlockingStub(channel)
        .check(HealthCheckRequest.newBuilder().setService(service).build())
        .getStatus();
  }

  private static Iterable<String> reflect(ManagedChannel channel) throws InterruptedException {
    Heard<ServerReflectionResponse> heard = new Heard<>();
    StreamObserver<ServerReflectionRequest> asking =
        ServerReflectionGrpc.newStub(channel).serverReflectionInfo(heard);
    asking.onNext(ServerReflectionRequest.newBuilder().setListServices("*").build());
    ServerReflectionResponse answer = heard.next();
    asking.onCompleted();
    return answer.getListServicesResponse().getServiceList().stream()
        .map(ServiceResponse::getName)
        .toList();
  }

  /// What a stream brings.
  private static final class Heard<A> implements StreamObserver<A> {
    final BlockingQueue<A> messages = new LinkedBlockingQueue<>();
    final BlockingQueue<String> done = new LinkedBlockingQueue<>();

    A next() throws InterruptedException {
      A message = messages.poll(10, TimeUnit.SECONDS);
      if (message == null) {
        throw new AssertionError("nothing came; ended: " + done);
      }
      return message;
    }

    @Override
    public void onNext(A message) {
      messages.add(message);
    }

    @Override
    public void onError(Throwable failure) {
      done.add(failure.toString());
    }

    @Override
    public void onCompleted() {
      done.add("completed");
    }
  }
}
