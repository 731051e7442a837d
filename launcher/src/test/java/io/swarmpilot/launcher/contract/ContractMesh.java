package io.swarmpilot.launcher.contract;

import com.google.common.collect.Lists;
import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.swarmpilot.gateway.Gateway;
import io.swarmpilot.predictor.PredictorConfig;
import io.swarmpilot.predictor.PredictorServer;
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
import java.util.UUID;
import java.util.stream.Stream;

/// A whole mesh of this process on free ports, made for one run of cases.
final class ContractMesh implements AutoCloseable {
  private static final String SHORT_LATENCY = "{\"backend\":\"simulated\",\"latency_ms\":5}";

  private final String id = UUID.randomUUID().toString();
  private final List<AutoCloseable> parts;
  private final List<TaskInstanceServer> instances = new ArrayList<>();
  private final Variables variables = new Variables();
  private final Path tables;
  private final PredictorServer predictor;
  private final SchedulerServer scheduler;
  private final List<Integer> restPorts;

  private ContractMesh(MeshSetup setup, Path tables, boolean rest, List<AutoCloseable> parts)
      throws IOException {
    this.parts = parts;
    this.tables = tables;
    this.predictor = PredictorServer.start(predictorConfig(setup));
    parts.add(predictor);
    this.scheduler =
        SchedulerServer.start(
            schedulerConfig(setup), channel("predictor"), InstanceDialer.network());
    parts.add(scheduler);
    for (int i = 0; i < setup.instanceCount(); i++) {
      instances.add(TaskInstanceServer.start(instanceConfig(setup, i), Optional.empty()));
      parts.add(instances.get(i));
    }
    this.restPorts = rest ? startGateway(setup) : List.of();
    instances.forEach(instance -> instance.initialModel().toCompletableFuture().join());
    publishVariables();
    if (setup.isRegistered()) {
      register();
    }
  }

  /// Starts a mesh for calls over one transport; only HTTP needs a gateway.
  static ContractMesh start(MeshSetup setup, String transport) throws IOException {
    List<AutoCloseable> parts = new ArrayList<>();
    try {
      Path directory = Files.createTempDirectory("contract-tables");
      parts.add(() -> MoreFiles.deleteRecursively(directory, RecursiveDeleteOption.ALLOW_INSECURE));
      boolean rest = transport.equals(Transport.HTTP);
      return new ContractMesh(setup, tables(setup, directory), rest, parts);
    } catch (IOException | RuntimeException e) {
      close(parts);
      throw e;
    }
  }

  private static Path tables(MeshSetup setup, Path tables) throws IOException {
    return switch (setup.tables() == null ? "samples" : setup.tables()) {
      case "samples" -> {
        copyTables(tables);
        yield tables;
      }
      case "unusable" -> Files.createFile(tables.resolve("file")).resolve("directory");
      default -> tables;
    };
  }

  private static void copyTables(Path target) throws IOException {
    try (Stream<Path> files = Files.list(CaseFile.directory().resolve("tables"))) {
      for (Path file : files.toList()) {
        Files.copy(file, target.resolve(file.getFileName()));
      }
    }
  }

  private PredictorConfig predictorConfig(MeshSetup setup) {
    PredictorConfig config =
        PredictorConfig.defaults()
            .withPort(0)
            .withInProcessName(name("predictor"))
            .withDataDirectory(tables.resolve("data"))
            .withTableDirectory(tables);
    return setup.defaultTable() == null
        ? config
        : config.withDefaultTable(tables.resolve(setup.defaultTable()));
  }

  private SchedulerConfig schedulerConfig(MeshSetup setup) {
    SchedulerConfig config =
        SchedulerConfig.defaults().withPort(0).withInProcessName(name("scheduler"));
    if (setup.maxLiveTasks() != null) {
      config = config.withMaxLiveTasks(setup.maxLiveTasks());
    }
    if (setup.allowedNetworks() != null) {
      config = config.withAllowedNetworks(List.of(setup.allowedNetworks()));
    }
    return config;
  }

  private TaskInstanceConfig instanceConfig(MeshSetup setup, int k) {
    TaskInstanceConfig config =
        TaskInstanceConfig.defaults()
            .withInstanceId("task-instance-" + (k + 1))
            .withPort(0)
            .withInProcessName(name("instance" + k));
    if (setup.maxQueue() != null) {
      config = config.withMaxQueue(setup.maxQueue());
    }
    if (setup.modelName().isEmpty()) {
      return config;
    }
    String backend = setup.config() == null ? SHORT_LATENCY : Json.write(setup.config());
    int replicas = setup.replicas() == null ? 1 : setup.replicas();
    return config.withInitialModel(setup.modelName(), replicas, backend);
  }

  private List<Integer> startGateway(MeshSetup setup) throws IOException {
    Gateway.Builder builder =
        Gateway.builder()
            .host("127.0.0.1")
            .allInOne(0)
            .scheduler(0, channel("scheduler"))
            .predictor(0, channel("predictor"));
    for (int i = 0; i < setup.instanceCount(); i++) {
      builder.taskInstance(0, channel("instance" + i));
    }
    Gateway gateway = builder.build().start();
    parts.add(gateway);
    return gateway.ports();
  }

  private Channel channel(String part) {
    ManagedChannel channel = MeshChannels.inProcess(name(part));
    parts.add(channel::shutdownNow);
    return channel;
  }

  private String name(String part) {
    return part + "-" + id;
  }

  private void publishVariables() {
    variables.put("run", id.substring(0, 8));
    variables.put("table_directory", tables.toString());
    variables.put("predictor_port", predictor.port());
    for (int i = 0; i < instances.size(); i++) {
      variables.put("grpc_port" + i, instances.get(i).port());
      if (!restPorts.isEmpty()) {
        variables.put("rest_port" + i, restPort("instance" + i));
      }
    }
  }

  private void register() {
    SchedulerServiceGrpc.SchedulerServiceBlockingStub stub =
        SchedulerServiceGrpc.newBlockingStub(channel("scheduler"));
    for (int i = 0; i < instances.size(); i++) {
      RegisterInstanceResponse answer =
          stub.registerInstance(
              RegisterInstanceRequest.newBuilder()
                  .setHost("127.0.0.1")
                  .setPort(instances.get(i).port())
                  .build());
      if (!answer.getStatus().equals("success")) {
        throw new IllegalStateException("registration: " + answer.getMessage());
      }
      variables.put("ti" + i, answer.getTiUuid());
    }
  }

  /// A way to reach this mesh.
  Transport transport(String name) {
    return switch (name) {
      case Transport.HTTP -> new HttpTransport(this::restPort);
      case Transport.GRPC ->
          new GrpcTransport(role -> MeshChannels.netty("127.0.0.1", grpcPort(role)));
      case Transport.IN_PROCESS -> new GrpcTransport(role -> MeshChannels.inProcess(name(role)));
      default -> throw new IllegalArgumentException("no transport " + name);
    };
  }

  /// What the cases may refer to: `${ti0}`, `${grpc_port0}`, `${rest_port0}`, …
  Variables variables() {
    return variables.copy();
  }

  private int restPort(String role) {
    return switch (role) {
      case "all" -> restPorts.get(0);
      case "scheduler" -> restPorts.get(1);
      case "predictor" -> restPorts.get(2);
      default -> restPorts.get(3 + instanceNumber(role));
    };
  }

  private int grpcPort(String role) {
    return switch (role) {
      case "scheduler" -> scheduler.port();
      case "predictor" -> predictor.port();
      default -> instances.get(instanceNumber(role)).port();
    };
  }

  private static int instanceNumber(String role) {
    return Integer.parseInt(role.substring("instance".length()));
  }

  @Override
  public void close() {
    close(parts);
  }

  private static void close(List<AutoCloseable> parts) {
    for (AutoCloseable part : Lists.reverse(parts)) {
      try {
        part.close();
      } catch (Exception e) {
        throw new IllegalStateException("a part of the mesh does not close", e);
      }
    }
  }
}
