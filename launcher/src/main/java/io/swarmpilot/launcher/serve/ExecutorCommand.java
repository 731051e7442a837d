package io.swarmpilot.launcher.serve;

import io.swarmpilot.benchmark.executor.BaseWorkloadExecutor;
import io.swarmpilot.benchmark.service.ServiceFactory;
import io.swarmpilot.launcher.settings.CommandFailure;
import io.swarmpilot.launcher.settings.Ports;
import java.io.IOException;
import java.util.Map;
import java.util.OptionalInt;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Runs a benchmark's workload executor on a client node.
@Command(
    name = "executor",
    aliases = "workload-executor",
    description = "Run a workload executor, which drives load from its node.")
public final class ExecutorCommand extends ServeCommand {
  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description =
          "Address to listen on (default: ${DEFAULT-VALUE}, every network). Whoever reaches it can"
              + " make this node send requests anywhere.")
  private String host = "0.0.0.0";

  @Option(names = "--port", paramLabel = "PORT", description = "REST port (default: 5000).")
  private int port;

  @Option(
      names = "--grpc-port",
      paramLabel = "PORT",
      description = "Its own gRPC port (default: 4500 above the REST port).")
  private int grpcPort;

  @Option(
      names = "--service",
      paramLabel = "NAME",
      description =
          "Kind of server to drive: dummy, mesh, ollama, openai, vllm (default: ${DEFAULT-VALUE}).")
  private String service = "ollama";

  // Read by nobody: see its description.
  @SuppressWarnings("UnusedVariable")
  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "Taken for the sake of old job scripts; workloads bring their own times.")
  private int timeout;

  @Override
  Serving serve(Ports ports) {
    if (!ServiceFactory.listServices().contains(service)) {
      throw new CommandFailure(
          "--service "
              + service
              + " is none of "
              + String.join(", ", ServiceFactory.listServices()));
    }
    int rest = port == 0 ? ports.executor() : port;
    int offset = ports.executorGrpc() - ports.executor();
    int grpc = grpcPort == 0 ? rest + offset : grpcPort;
    PortCheck.requireFree(host, Map.of(rest, "executor", grpc, "executor, gRPC"));
    return Starting.allOrNothing(parts -> start(parts, rest, grpc));
  }

  private Serving start(Parts parts, int rest, int grpc) throws IOException {
    BaseWorkloadExecutor executor =
        parts.add(
            ServiceFactory.createWorkloadExecutor(service, rest), BaseWorkloadExecutor::close);
    executor.start(host, OptionalInt.of(grpc));
    return new ExecutorServing(new Addresses(host), service, rest, grpc, executor);
  }
}
