package io.swarmpilot.scheduler.testing;

import io.grpc.ManagedChannel;
import io.swarmpilot.proto.scheduler.v1.Instance;
import io.swarmpilot.proto.scheduler.v1.ListInstancesRequest;
import io.swarmpilot.proto.scheduler.v1.QueryTaskRequest;
import io.swarmpilot.proto.scheduler.v1.RegisterInstanceRequest;
import io.swarmpilot.proto.scheduler.v1.RegisterInstanceResponse;
import io.swarmpilot.proto.scheduler.v1.SchedulerServiceGrpc;
import io.swarmpilot.proto.scheduler.v1.SchedulerServiceGrpc.SchedulerServiceBlockingStub;
import io.swarmpilot.proto.scheduler.v1.SubmitTaskRequest;
import io.swarmpilot.proto.scheduler.v1.SubmitTaskResponse;
import io.swarmpilot.proto.scheduler.v1.Task;
import io.swarmpilot.proto.scheduler.v1.WatchTasksRequest;
import io.swarmpilot.proto.scheduler.v1.WatchTasksResponse;
import io.swarmpilot.runtime.grpc.MeshChannels;
import io.swarmpilot.runtime.grpc.MeshServer;
import io.swarmpilot.runtime.json.JsonValues;
import io.swarmpilot.scheduler.InstanceDialer;
import io.swarmpilot.scheduler.SchedulerConfig;
import io.swarmpilot.scheduler.SchedulerServer;
import io.swarmpilot.scheduler.SchedulingConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/// A scheduler with a scripted predictor and scripted instances, in this process or over Netty.
public final class Mesh implements AutoCloseable {
  private final String name = UUID.randomUUID().toString();
  private final boolean network;
  private final ScriptedPredictor predictor = new ScriptedPredictor();
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final SchedulerServer server;
  private final ManagedChannel channel;

  private Mesh(boolean network, UnaryOperator<SchedulerConfig> settings) throws IOException {
    this.network = network;
    open.push(
        MeshServer.builder().service(predictor).inProcess("predictor-" + name).build().start());
    ManagedChannel toPredictor = MeshChannels.inProcess("predictor-" + name);
    open.push(toPredictor::shutdownNow);
    SchedulerConfig config =
        SchedulerConfig.defaults()
            .withPort(network ? 0 : -1)
            .withInProcessName("sched-" + name)
            // Only tests of losses want an instance of a busy machine to be given up.
            .withLeaseTimeout(Duration.ofSeconds(30))
            .withPredictionBudget(Duration.ofSeconds(5));
    server =
        SchedulerServer.start(
            settings.apply(config),
            toPredictor,
            network
                ? InstanceDialer.network()
                : (host, port) -> MeshChannels.inProcess("instance-" + port + "-" + name));
    open.push(server);
    channel =
        network
            ? MeshChannels.netty("127.0.0.1", server.port())
            : MeshChannels.inProcess("sched-" + name);
    open.push(channel::shutdownNow);
  }

  /// One whose parts meet inside this process.
  public static Mesh inProcess() throws IOException {
    return new Mesh(false, config -> config);
  }

  /// One that starts with another strategy.
  public static Mesh under(String strategy) throws IOException {
    return inProcess(
        config -> config.withScheduling(SchedulingConfig.DEFAULTS.withStrategy(strategy)));
  }

  /// One with other settings.
  public static Mesh inProcess(UnaryOperator<SchedulerConfig> settings) throws IOException {
    return new Mesh(false, settings);
  }

  /// One whose parts meet over the network.
  public static Mesh overNetwork() throws IOException {
    return new Mesh(true, config -> config);
  }

  /// One over the network with other settings.
  public static Mesh overNetwork(UnaryOperator<SchedulerConfig> settings) throws IOException {
    return new Mesh(true, settings);
  }

  /// The scheduler.
  public SchedulerServer server() {
    return server;
  }

  /// The predictor.
  public ScriptedPredictor predictor() {
    return predictor;
  }

  /// Calls of the scheduler.
  public SchedulerServiceBlockingStub stub() {
    return SchedulerServiceGrpc.newBlockingStub(channel).withDeadlineAfter(20, TimeUnit.SECONDS);
  }

  /// The channel to the scheduler.
  public ManagedChannel channel() {
    return channel;
  }

  /// Starts an instance and registers it; returns its uuid.
  public String add(ScriptedInstance instance, int port) throws IOException {
    start(instance, port);
    RegisterInstanceResponse response = register(network ? instance.port() : port);
    if (!response.getStatus().equals("success")) {
      throw new AssertionError(response.getMessage());
    }
    return response.getTiUuid();
  }

  /// Starts an instance.
  public void start(ScriptedInstance instance, int port) throws IOException {
    open.push(instance);
    if (network) {
      instance.startNetwork(port);
    } else {
      instance.startInProcess("instance-" + port + "-" + name);
    }
  }

  /// Registers what listens on a port.
  public RegisterInstanceResponse register(int port) {
    return stub()
        .registerInstance(
            RegisterInstanceRequest.newBuilder().setHost("127.0.0.1").setPort(port).build());
  }

  /// A task with no metadata.
  public static SubmitTaskRequest task(String model) {
    return SubmitTaskRequest.newBuilder()
        .setModelName(model)
        .setTaskInput(JsonValues.of("{\"text\":\"hi\"}"))
        .build();
  }

  /// Submits a task.
  public SubmitTaskResponse submit(String model) {
    return stub().submitTask(task(model));
  }

  /// The task as it is now.
  public Task query(String id) {
    return stub().queryTask(QueryTaskRequest.newBuilder().setTaskId(id).build()).getTask();
  }

  /// The task once it is completed.
  public Task await(String id) {
    Iterator<WatchTasksResponse> events =
        stub().watchTasks(WatchTasksRequest.newBuilder().addTaskIds(id).build());
    Task last = Task.getDefaultInstance();
    while (events.hasNext()) {
      last = events.next().getData();
    }
    return last;
  }

  /// An instance as it is now.
  public Instance instance(String uuid) {
    return stub()
        .listInstances(ListInstancesRequest.getDefaultInstance())
        .getInstancesList()
        .stream()
        .filter(instance -> instance.getTiUuid().equals(uuid))
        .findFirst()
        .orElse(Instance.getDefaultInstance());
  }

  /// Waits until something that no event tells of has come about.
  public static void eventually(String what, BooleanSupplier condition)
      throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    CountDownLatch never = new CountDownLatch(1);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("never came about: " + what);
      }
      never.await(5, TimeUnit.MILLISECONDS);
    }
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
}
