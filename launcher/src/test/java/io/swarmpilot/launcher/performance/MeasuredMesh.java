package io.swarmpilot.launcher.performance;

import io.grpc.ManagedChannel;
import io.swarmpilot.gateway.Gateway;
import io.swarmpilot.predictor.PredictorConfig;
import io.swarmpilot.predictor.PredictorServer;
import io.swarmpilot.proto.scheduler.v1.GetHealthRequest;
import io.swarmpilot.proto.scheduler.v1.RegisterInstanceRequest;
import io.swarmpilot.proto.scheduler.v1.RegisterInstanceResponse;
import io.swarmpilot.proto.scheduler.v1.SchedulerServiceGrpc;
import io.swarmpilot.runtime.grpc.MeshChannels;
import io.swarmpilot.scheduler.InstanceDialer;
import io.swarmpilot.scheduler.SchedulerConfig;
import io.swarmpilot.scheduler.SchedulerServer;
import io.swarmpilot.taskinstance.TaskInstanceConfig;
import io.swarmpilot.taskinstance.TaskInstanceServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// A whole mesh in this process; scheduler and instances are reached over the network.
final class MeasuredMesh implements AutoCloseable {
  /// A model that costs nothing, so that what is measured is the mesh.
  static final String NO_OP = "no-op";

  /// The real model that `up` runs.
  static final String EMBEDDING = "all-minilm-l6-v2";

  private static final String COSTS_NOTHING = "{\"backend\":\"simulated\",\"latency_ms\":0}";

  /// Submits are measured faster than their tasks can end: room for what piles up in a round.
  private static final int BACKLOG = 1_000_000;

  private static final int REGISTRATIONS = 5;

  private final String model;
  private final String config;
  private final PredictorServer predictor;
  private final SchedulerServer scheduler;
  private final List<TaskInstanceServer> instances = new ArrayList<>();
  private final Gateway gateway;
  private final List<ManagedChannel> channels = new ArrayList<>();

  private MeasuredMesh(String model, String config, Path tables, int instanceCount, int replicas)
      throws IOException {
    this.model = model;
    this.config = config;
    predictor =
        PredictorServer.start(
            PredictorConfig.defaults()
                .withPort(0)
                .withInProcessName("measured-predictor")
                .withDataDirectory(tables));
    scheduler =
        SchedulerServer.start(
            SchedulerConfig.defaults()
                .withPort(0)
                .withInProcessName("measured-scheduler")
                .withMaxLiveTasks(BACKLOG),
            channel(MeshChannels.inProcess("measured-predictor")),
            InstanceDialer.network());
    for (int i = 0; i < instanceCount; i++) {
      instances.add(startInstance(i, replicas));
    }
    gateway =
        Gateway.builder()
            .host("127.0.0.1")
            .scheduler(0, channel(MeshChannels.inProcess("measured-scheduler")))
            .build()
            .start();
  }

  static MeasuredMesh start(String model, int instances, int replicas) throws IOException {
    String config = model.equals(NO_OP) ? COSTS_NOTHING : "{}";
    return new MeasuredMesh(model, config, directory(), instances, replicas);
  }

  /// Instances of one replica each that run [#NO_OP] with settings of a backend.
  static MeasuredMesh startWith(String config, int instances) throws IOException {
    return new MeasuredMesh(NO_OP, config, directory(), instances, 1);
  }

  /// One instance in front of an engine that speaks OpenAI's interface.
  ///
  /// @param slots chats it is sent at the same moment
  static MeasuredMesh inFrontOf(String url, String model, int slots) throws IOException {
    String config =
        "{\"backend\":\"openai\",\"base_url\":\"%s\",\"slots\":%d}".formatted(url, slots);
    return new MeasuredMesh(model, config, directory(), 1, 1);
  }

  private static Path directory() throws IOException {
    return Files.createTempDirectory("measured-mesh");
  }

  int schedulerPort() {
    return scheduler.port();
  }

  int restPort() {
    return gateway.ports().getFirst();
  }

  private TaskInstanceServer startInstance(int index, int replicas) throws IOException {
    TaskInstanceServer instance =
        TaskInstanceServer.start(
            TaskInstanceConfig.defaults()
                .withInstanceId("measured-" + index)
                .withPort(0)
                .withMaxQueue(BACKLOG)
                .withInitialModel(model, replicas, config),
            Optional.empty());
    instance.initialModel().toCompletableFuture().join();
    register(instance);
    return instance;
  }

  /// A machine that is busy with other things may need more than one try.
  private void register(TaskInstanceServer instance) {
    SchedulerServiceGrpc.SchedulerServiceBlockingStub stub =
        SchedulerServiceGrpc.newBlockingStub(channel(MeshChannels.inProcess("measured-scheduler")));
    RegisterInstanceRequest request =
        RegisterInstanceRequest.newBuilder()
            .setHost("127.0.0.1")
            .setPort(instance.port())
            .setModelName(model)
            .build();
    RegisterInstanceResponse answer = stub.registerInstance(request);
    for (int tried = 1; tried < REGISTRATIONS && !answer.getStatus().equals("success"); tried++) {
      answer = stub.registerInstance(request);
    }
    if (!answer.getStatus().equals("success")) {
      throw new IllegalStateException(answer.getMessage());
    }
  }

  /// Waits until every task has ended, so that one round does not pay for another.
  void awaitIdle() {
    SchedulerServiceGrpc.SchedulerServiceBlockingStub stub =
        SchedulerServiceGrpc.newBlockingStub(channels.getLast());
    while (stub.getHealth(GetHealthRequest.getDefaultInstance()).getLiveTasks() > 0) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }

  private ManagedChannel channel(ManagedChannel channel) {
    channels.add(channel);
    return channel;
  }

  @Override
  public void close() {
    gateway.close();
    scheduler.close();
    instances.forEach(TaskInstanceServer::close);
    predictor.close();
    channels.forEach(ManagedChannel::shutdownNow);
  }
}
