package io.swarmpilot.launcher.serve;

import io.grpc.Channel;
import io.swarmpilot.gateway.Gateway;
import io.swarmpilot.predictor.PredictorConfig;
import io.swarmpilot.predictor.PredictorServer;
import io.swarmpilot.runtime.grpc.MeshChannels;
import io.swarmpilot.scheduler.SchedulerConfig;
import io.swarmpilot.scheduler.SchedulerServer;
import io.swarmpilot.taskinstance.TaskInstanceConfig;
import io.swarmpilot.taskinstance.TaskInstanceServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Starts the parts of a mesh and joins them.
final class MeshAssembly {
  private static final Duration LONGEST_START = Duration.ofMinutes(2);

  private final MeshSettings settings;
  private final Parts parts;
  private final String id = "mesh-" + UUID.randomUUID();

  MeshAssembly(MeshSettings settings, Parts parts) {
    this.settings = settings;
    this.parts = parts;
  }

  /// Starts everything and waits until the models are loaded and every instance takes tasks.
  Mesh start() throws IOException {
    // The gateway is the slowest to start and needs nothing but names: it starts beside the rest.
    CompletableFuture<Gateway> gateway = CompletableFuture.supplyAsync(this::startGateway);
    PredictorServer predictor = startPredictor();
    SchedulerServer scheduler = startScheduler();
    List<TaskInstanceServer> instances = new ArrayList<>();
    for (int k = 0; k < settings.instances(); k++) {
      instances.add(startInstance(k));
    }
    InstanceRegistry registry = new InstanceRegistry(channel("scheduler"));
    registerInstances(registry);
    settings
        .scheduler()
        .instancesFile()
        .ifPresent(file -> parts.add(registry.keepTrying(file), Thread::interrupt));
    Mesh mesh =
        new Mesh(settings, parts, gateway.join(), scheduler, predictor, instances, registry);
    for (TaskInstanceServer instance : instances) {
      instance
          .initialModel()
          .toCompletableFuture()
          .orTimeout(LONGEST_START.toSeconds(), TimeUnit.SECONDS)
          .join();
    }
    registry.awaitAvailable(settings.instances(), LONGEST_START);
    return mesh;
  }

  /// By their documented address; each tells the scheduler its own gRPC port, and the dialer knows
  /// both as its own.
  private void registerInstances(InstanceRegistry registry) {
    String host = new Addresses(settings.host()).reachable();
    for (int k = 0; k < settings.instances(); k++) {
      registry.register(host, settings.ports().instance(k));
    }
  }

  private Gateway startGateway() {
    Gateway.Builder gateway =
        Gateway.builder()
            .host(settings.host())
            .instanceDialer(dialer()::dial)
            .allInOne(settings.ports().everything())
            .scheduler(settings.ports().scheduler(), channel("scheduler"))
            .predictor(settings.ports().predictor(), channel("predictor"));
    for (int k = 0; k < settings.instances(); k++) {
      gateway.taskInstance(settings.ports().instance(k), channel(MeshSettings.instanceId(k)));
    }
    Gateway built = parts.add(gateway.build(), Gateway::close);
    try {
      return built.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private PredictorServer startPredictor() throws IOException {
    PredictorConfig config =
        settings
            .predictor()
            .apply(PredictorConfig.defaults(), settings.dataDirectory())
            .withHost(settings.host())
            .withPort(settings.ports().predictorGrpc())
            .withInProcessName(name("predictor"));
    return parts.add(PredictorServer.start(config), PredictorServer::close);
  }

  private SchedulerServer startScheduler() throws IOException {
    SchedulerConfig config =
        settings
            .scheduler()
            .apply(SchedulerConfig.defaults())
            .withHost(settings.host())
            .withPort(settings.ports().schedulerGrpc())
            .withInProcessName(name("scheduler"));
    return parts.add(
        SchedulerServer.start(config, channel("predictor"), dialer()), SchedulerServer::close);
  }

  private TaskInstanceServer startInstance(int index) throws IOException {
    TaskInstanceConfig config =
        settings
            .instance()
            .apply(TaskInstanceConfig.defaults())
            .withInstanceId(MeshSettings.instanceId(index))
            .withHost(settings.host())
            .withPort(settings.ports().instanceGrpc(index))
            .withInProcessName(name(MeshSettings.instanceId(index)))
            .withDataDirectory(settings.dataDirectory())
            .withAdvertisedHost(new Addresses(settings.host()).reachable())
            .withInitialModel(settings.model(), settings.replicas(), settings.backendConfig());
    return parts.add(TaskInstanceServer.start(config, Optional.empty()), TaskInstanceServer::close);
  }

  private LocalDialer dialer() {
    return new LocalDialer(localPorts(), settings.host());
  }

  /// In-process names by the ports of the instances, REST and gRPC alike.
  private Map<Integer, String> localPorts() {
    Map<Integer, String> names = new HashMap<>();
    for (int k = 0; k < settings.instances(); k++) {
      names.put(settings.ports().instance(k), name(MeshSettings.instanceId(k)));
      names.put(settings.ports().instanceGrpc(k), name(MeshSettings.instanceId(k)));
    }
    return names;
  }

  private String name(String part) {
    return id + "-" + part;
  }

  private Channel channel(String part) {
    return parts.channel(MeshChannels.inProcess(name(part)));
  }
}
