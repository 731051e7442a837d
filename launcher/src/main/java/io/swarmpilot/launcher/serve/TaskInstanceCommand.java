package io.swarmpilot.launcher.serve;

import io.grpc.Channel;
import io.swarmpilot.gateway.Gateway;
import io.swarmpilot.launcher.settings.CommandFailure;
import io.swarmpilot.launcher.settings.Ports;
import io.swarmpilot.runtime.grpc.MeshChannels;
import io.swarmpilot.taskinstance.InitialModel;
import io.swarmpilot.taskinstance.TaskInstanceConfig;
import io.swarmpilot.taskinstance.TaskInstanceServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Runs a task instance.
@Command(name = "taskinstance", description = "Run a task instance.")
public final class TaskInstanceCommand extends ServeCommand {
  @Mixin private ServiceOptions service = new ServiceOptions();

  @Mixin private InstanceOptions options = new InstanceOptions();

  @Option(
      names = "--scheduler",
      paramLabel = "HOST:PORT",
      description = "Scheduler to register with (default: none).")
  private @Nullable String scheduler;

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description = "Model to start at once (default: none; POST /models/start starts one).")
  private @Nullable String model;

  @Option(
      names = "--replicas",
      paramLabel = "R",
      description = "Replicas of it (default: ${DEFAULT-VALUE}).")
  private int replicas = 1;

  @Mixin private EngineOptions engine = new EngineOptions();

  @Option(
      names = "--gpus-per-replica",
      paramLabel = "N",
      description = "GPUs of each of them, out of --gpus (default: ${DEFAULT-VALUE}).")
  private int gpusPerReplica;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Where files go (default: ${DEFAULT-VALUE}).")
  private Path dataDirectory = Path.of(".swarmpilot");

  @Option(
      names = "--index",
      paramLabel = "K",
      description = "Which instance of this machine it is, from 0; chooses its ports.")
  private int index;

  @Option(
      names = "--instance-id",
      paramLabel = "NAME",
      description = "Name it gives itself (default: task-instance-<index + 1>).")
  private @Nullable String instanceId;

  @Option(
      names = "--advertise-host",
      paramLabel = "HOST",
      description = "Host under which the scheduler reaches it (default: the one listened on).")
  private @Nullable String advertisedHost;

  @Override
  Serving serve(Ports ports) {
    if (index < 0 || index >= Ports.MAX_INSTANCES) {
      throw new CommandFailure("--index must be 0 to " + (Ports.MAX_INSTANCES - 1));
    }
    int rest = service.portOr(ports.instance(index));
    int grpc = service.grpcPortOr(ports.instanceGrpc(index));
    PortCheck.requireFree(
        service.host(), Map.of(rest, "task instance", grpc, "task instance, gRPC"));
    return Starting.allOrNothing(parts -> start(parts, rest, grpc));
  }

  private Serving start(Parts parts, int rest, int grpc) throws IOException {
    String name = "taskinstance-" + UUID.randomUUID();
    Gateway gateway =
        parts.add(
            Gateway.builder()
                .host(service.host())
                .taskInstance(rest, parts.channel(MeshChannels.inProcess(name)))
                .build(),
            Gateway::close);
    gateway.start();
    Optional<Channel> registrar =
        Optional.ofNullable(scheduler)
            .map(address -> parts.channel(Remote.channel("--scheduler", address)));
    TaskInstanceServer server =
        parts.add(
            TaskInstanceServer.start(config(name, grpc), registrar), TaskInstanceServer::close);
    server.initialModel().toCompletableFuture().join();
    return new Service(
        "taskinstance", service.addresses(), rest, grpc, gateway, server::drain, parts);
  }

  private TaskInstanceConfig config(String name, int grpc) {
    TaskInstanceConfig config =
        options
            .apply(TaskInstanceConfig.defaults())
            .withInstanceId(instanceId == null ? MeshSettings.instanceId(index) : instanceId)
            .withHost(service.host())
            .withPort(grpc)
            .withInProcessName(name)
            .withDataDirectory(dataDirectory)
            .withAdvertisedHost(
                advertisedHost == null ? service.addresses().reachable() : advertisedHost);
    if (model == null) {
      if (engine.isGiven()) {
        throw new CommandFailure("--model must say which model the backend is to run");
      }
      return config;
    }
    return config.withInitialModel(
        new InitialModel(model, replicas, engine.config(), gpusPerReplica));
  }
}
