package io.swarmpilot.launcher.serve;

import io.grpc.Channel;
import io.swarmpilot.gateway.Gateway;
import io.swarmpilot.launcher.settings.Ports;
import io.swarmpilot.predictor.PredictorConfig;
import io.swarmpilot.predictor.PredictorServer;
import io.swarmpilot.runtime.grpc.MeshChannels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Runs a predictor.
@Command(name = "predictor", description = "Run a predictor.")
public final class PredictorCommand extends ServeCommand {
  @Mixin private ServiceOptions service = new ServiceOptions();

  @Mixin private PredictorOptions options = new PredictorOptions();

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Where files go (default: ${DEFAULT-VALUE}).")
  private Path dataDirectory = Path.of(".swarmpilot");

  @Override
  Serving serve(Ports ports) {
    int rest = service.portOr(ports.predictor());
    int grpc = service.grpcPortOr(ports.predictorGrpc());
    PortCheck.requireFree(service.host(), Map.of(rest, "predictor", grpc, "predictor, gRPC"));
    return Starting.allOrNothing(parts -> start(parts, rest, grpc));
  }

  private Serving start(Parts parts, int rest, int grpc) throws IOException {
    String name = "predictor-" + UUID.randomUUID();
    PredictorConfig config =
        options
            .apply(PredictorConfig.defaults(), dataDirectory)
            .withHost(service.host())
            .withPort(grpc)
            .withInProcessName(name);
    PredictorServer server = parts.add(PredictorServer.start(config), PredictorServer::close);
    Channel local = parts.channel(MeshChannels.inProcess(name));
    Gateway gateway =
        parts.add(
            Gateway.builder().host(service.host()).predictor(rest, local).build(), Gateway::close);
    gateway.start();
    return new Service("predictor", service.addresses(), rest, grpc, gateway, server::drain, parts);
  }
}
