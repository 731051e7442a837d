package io.swarmpilot.launcher.serve;

import io.grpc.Channel;
import io.swarmpilot.gateway.Gateway;
import io.swarmpilot.launcher.settings.Ports;
import io.swarmpilot.runtime.grpc.MeshChannels;
import io.swarmpilot.scheduler.InstanceDialer;
import io.swarmpilot.scheduler.SchedulerConfig;
import io.swarmpilot.scheduler.SchedulerServer;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Runs a scheduler.
@Command(
    name = "scheduler",
    description = "Run a scheduler.",
    abbreviateSynopsis = true,
    footer = {"", "docs/strategies.md explains the strategies and their settings."})
public final class SchedulerCommand extends ServeCommand {
  @Mixin private ServiceOptions service = new ServiceOptions();

  @Mixin private SchedulerOptions options = new SchedulerOptions();

  @Option(
      names = "--predictor",
      paramLabel = "HOST:PORT",
      description = "The predictor (default: this machine's, at its documented gRPC port).")
  private @Nullable String predictor;

  @Override
  Serving serve(Ports ports) {
    int rest = service.portOr(ports.scheduler());
    int grpc = service.grpcPortOr(ports.schedulerGrpc());
    PortCheck.requireFree(service.host(), Map.of(rest, "scheduler", grpc, "scheduler, gRPC"));
    String address = predictor == null ? "127.0.0.1:" + ports.predictorGrpc() : predictor;
    return Starting.allOrNothing(parts -> start(parts, rest, grpc, address));
  }

  private Serving start(Parts parts, int rest, int grpc, String address) throws IOException {
    String name = "scheduler-" + UUID.randomUUID();
    SchedulerConfig config =
        options
            .apply(SchedulerConfig.defaults())
            .withHost(service.host())
            .withPort(grpc)
            .withInProcessName(name);
    Channel remote = parts.channel(Remote.channel("--predictor", address));
    SchedulerServer server =
        parts.add(
            SchedulerServer.start(config, remote, InstanceDialer.network()),
            SchedulerServer::close);
    Channel local = parts.channel(MeshChannels.inProcess(name));
    Gateway gateway =
        parts.add(
            Gateway.builder().host(service.host()).scheduler(rest, local).build(), Gateway::close);
    gateway.start();
    InstanceRegistry registry = new InstanceRegistry(local);
    options
        .instancesFile()
        .ifPresent(file -> parts.add(registry.keepTrying(file), Thread::interrupt));
    return new Service(
        "scheduler",
        service.addresses(),
        rest,
        grpc,
        gateway,
        grace -> {
          Deadline deadline = Deadline.in(grace);
          registry.awaitIdle(deadline);
          server.drain(deadline.left());
        },
        parts);
  }
}
