package io.swarmpilot.launcher.serve;

import io.swarmpilot.benchmark.agent.NodeAgent;
import io.swarmpilot.launcher.settings.Ports;
import io.swarmpilot.runtime.BuildInfo;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Runs the agent of a benchmark's node.
@Command(
    name = "node-agent",
    description = "Run a node agent: tells a benchmark's orchestrator this node's load and logs.")
public final class NodeAgentCommand extends ServeCommand {
  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description =
          "Address to listen on (default: ${DEFAULT-VALUE}, every network). Whoever reaches it can"
              + " read the log directory.")
  private String host = "0.0.0.0";

  @Option(names = "--port", paramLabel = "PORT", description = "gRPC port (default: 9510).")
  private int port;

  @Option(
      names = "--log-dir",
      paramLabel = "DIR",
      description = "Directory whose files may be read (default: ${DEFAULT-VALUE}).")
  private Path logs = Path.of(".");

  @Override
  Serving serve(Ports ports) {
    int chosen = port == 0 ? ports.nodeAgent() : port;
    PortCheck.requireFree(host, Map.of(chosen, "node agent"));
    return Starting.allOrNothing(parts -> {
      NodeAgent agent =
          parts.add(NodeAgent.start(host, chosen, logs.toAbsolutePath()), NodeAgent::close);
      return new AgentServing(new Addresses(host), agent.port(), parts);
    });
  }

  private record AgentServing(Addresses addresses, int port, Parts parts) implements Serving {
    @Override
    public Map<String, Object> urls() {
      Map<String, Object> urls = new LinkedHashMap<>();
      urls.put("version", BuildInfo.version());
      urls.put("pid", ProcessHandle.current().pid());
      urls.put("node_agent", Map.of("grpc", addresses.shown() + ":" + port));
      return urls;
    }

    @Override
    public void announce(PrintWriter out) {
      out.printf(
          "SwarmPilot node agent %s serves %s:%d (gRPC). Ctrl-C stops.%n",
          BuildInfo.version(), addresses.shown(), port);
      out.flush();
    }

    /// Streams have no end of their own to wait for.
    @Override
    public void drain(Duration grace) {
      close();
    }

    @Override
    public void close() {
      parts.close();
    }
  }
}
