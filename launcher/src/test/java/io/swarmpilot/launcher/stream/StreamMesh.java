package io.swarmpilot.launcher.stream;

import io.grpc.ManagedChannel;
import io.swarmpilot.gateway.Gateway;
import io.swarmpilot.proto.scheduler.v1.FollowTaskRequest;
import io.swarmpilot.proto.scheduler.v1.FollowTaskResponse;
import io.swarmpilot.proto.scheduler.v1.RegisterInstanceRequest;
import io.swarmpilot.proto.scheduler.v1.RegisterInstanceResponse;
import io.swarmpilot.proto.scheduler.v1.SchedulerServiceGrpc;
import io.swarmpilot.proto.scheduler.v1.SchedulerServiceGrpc.SchedulerServiceBlockingStub;
import io.swarmpilot.proto.scheduler.v1.SubmitTaskRequest;
import io.swarmpilot.proto.scheduler.v1.Task;
import io.swarmpilot.proto.scheduler.v1.WaitTaskRequest;
import io.swarmpilot.runtime.grpc.MeshChannels;
import io.swarmpilot.runtime.json.JsonValues;
import io.swarmpilot.scheduler.InstanceDialer;
import io.swarmpilot.scheduler.SchedulerConfig;
import io.swarmpilot.scheduler.SchedulerServer;
import io.swarmpilot.scheduler.SchedulingConfig;
import io.swarmpilot.taskinstance.TaskInstanceConfig;
import io.swarmpilot.taskinstance.TaskInstanceServer;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/// A scheduler, with a gateway if wanted, and instances on engines of the test's own. Tasks queue
/// at their instance. There is no predictor, which the scheduler bears.
final class StreamMesh implements AutoCloseable {
  static final String MODEL = "chat";
  private static final String CHAT = "{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final ManagedChannel channel;

  StreamMesh() throws IOException {
    String name = "stream-" + UUID.randomUUID();
    ManagedChannel nobody = keep(MeshChannels.inProcess("nobody-" + name));
    SchedulerServer scheduler =
        SchedulerServer.start(
            SchedulerConfig.defaults()
                .withPort(-1)
                .withInProcessName(name)
                .withScheduling(SchedulingConfig.DEFAULTS.withStrategy("shortest_queue")),
            nobody,
            InstanceDialer.network());
    open.push(scheduler);
    channel = keep(MeshChannels.inProcess(name));
  }

  /// Starts an instance on an engine and registers it.
  TaskInstanceServer add(GatedEngine engine, int slots) throws IOException {
    TaskInstanceServer instance =
        TaskInstanceServer.start(
            TaskInstanceConfig.defaults()
                .withPort(0)
                .withInitialModel(MODEL, 1, engineSettings(engine, slots)),
            Optional.empty());
    open.push(instance);
    instance.initialModel().toCompletableFuture().join();
    RegisterInstanceResponse registered =
        stub()
            .registerInstance(
                RegisterInstanceRequest.newBuilder()
                    .setHost("127.0.0.1")
                    .setPort(instance.port())
                    .build());
    if (!registered.getStatus().equals("success")) {
      throw new AssertionError(registered.getMessage());
    }
    return instance;
  }

  /// How an instance is told to use an engine.
  static String engineSettings(GatedEngine engine, int slots) {
    return engine.settings(slots).replace("}", ",\"model\":\"tiny\"}");
  }

  SchedulerServiceBlockingStub stub() {
    return SchedulerServiceGrpc.newBlockingStub(channel).withDeadlineAfter(30, TimeUnit.SECONDS);
  }

  /// Submits a chat.
  String submit() {
    return stub()
        .submitTask(
            SubmitTaskRequest.newBuilder()
                .setModelName(MODEL)
                .setTaskInput(JsonValues.of(CHAT))
                .build())
        .getTaskId();
  }

  /// The task once it has ended.
  Task await(String id) {
    return stub()
        .waitTask(WaitTaskRequest.newBuilder().setTaskId(id).setTimeoutMs(20_000).build())
        .getTask();
  }

  Iterator<FollowTaskResponse> follow(String id) {
    return stub()
        .followTask(FollowTaskRequest.newBuilder().setTaskId(id).setOutputOnly(true).build());
  }

  /// Starts a gateway; answers the address of the scheduler's REST paths.
  String rest() throws IOException {
    Gateway gateway = Gateway.builder().host("127.0.0.1").scheduler(0, channel).build().start();
    open.push(gateway);
    return "http://127.0.0.1:" + gateway.ports().getFirst();
  }

  @Override
  public void close() {
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private ManagedChannel keep(ManagedChannel made) {
    open.push(made::shutdownNow);
    return made;
  }
}
