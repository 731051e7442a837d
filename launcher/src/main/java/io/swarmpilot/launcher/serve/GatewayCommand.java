package io.swarmpilot.launcher.serve;

import io.swarmpilot.gateway.Gateway;
import io.swarmpilot.launcher.settings.CommandFailure;
import io.swarmpilot.launcher.settings.Ports;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Runs a gateway in front of services of other processes.
@Command(
    name = "gateway",
    description = "Run a gateway in front of remote services, on the documented ports.")
public final class GatewayCommand extends ServeCommand {
  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description = "Address to listen on; 0.0.0.0 is every network (default: ${DEFAULT-VALUE}).")
  private String host = "127.0.0.1";

  @Option(names = "--scheduler", paramLabel = "HOST:PORT", description = "The scheduler.")
  private @Nullable String scheduler;

  @Option(names = "--predictor", paramLabel = "HOST:PORT", description = "The predictor.")
  private @Nullable String predictor;

  @Option(
      names = "--instance",
      paramLabel = "HOST:PORT",
      split = ",",
      description = "A task instance; may be repeated, and gets the ports in that order.")
  private List<String> instances = new ArrayList<>();

  @Override
  Serving serve(Ports ports) {
    if (scheduler == null && predictor == null && instances.isEmpty()) {
      throw new CommandFailure(
          "nothing to stand in front of: give --scheduler, --predictor or --instance HOST:PORT");
    }
    if (instances.size() > Ports.MAX_INSTANCES) {
      throw new CommandFailure("--instance can be given " + Ports.MAX_INSTANCES + " times at most");
    }
    Map<Integer, String> roles = roles(ports);
    PortCheck.requireFree(host, roles);
    return Starting.allOrNothing(parts -> {
      Gateway gateway = parts.add(assemble(parts, ports), Gateway::close);
      gateway.start();
      return new Edge(new Addresses(host), roles, gateway, parts);
    });
  }

  private Gateway assemble(Parts parts, Ports ports) {
    Gateway.Builder gateway = Gateway.builder().host(host).allInOne(ports.everything());
    if (scheduler != null) {
      gateway.scheduler(ports.scheduler(), parts.channel(Remote.channel("--scheduler", scheduler)));
    }
    if (predictor != null) {
      gateway.predictor(ports.predictor(), parts.channel(Remote.channel("--predictor", predictor)));
    }
    for (int k = 0; k < instances.size(); k++) {
      gateway.taskInstance(
          ports.instance(k), parts.channel(Remote.channel("--instance", instances.get(k))));
    }
    return gateway.build();
  }

  private Map<Integer, String> roles(Ports ports) {
    Map<Integer, String> roles = new LinkedHashMap<>();
    roles.put(ports.everything(), "gateway");
    if (scheduler != null) {
      roles.put(ports.scheduler(), "scheduler");
    }
    if (predictor != null) {
      roles.put(ports.predictor(), "predictor");
    }
    for (int k = 0; k < instances.size(); k++) {
      roles.put(ports.instance(k), MeshSettings.instanceId(k));
    }
    return roles;
  }

  /// A running gateway.
  ///
  /// @param addresses where this machine can be reached
  /// @param roles what each port is for
  /// @param gateway the gateway
  /// @param parts everything that has to be stopped
  private record Edge(Addresses addresses, Map<Integer, String> roles, Gateway gateway, Parts parts)
      implements Serving {
    @Override
    public Map<String, Object> urls() {
      Map<String, Object> urls = new LinkedHashMap<>();
      roles.forEach((port, role) -> urls.put(role, Map.of("url", addresses.url(port))));
      return urls;
    }

    @Override
    public void announce(PrintWriter out) {
      roles.forEach((port, role) -> out.printf("  %-16s  %s%n", role, addresses.shownUrl(port)));
      out.println("Ctrl-C stops.");
      out.flush();
    }

    @Override
    public void drain(Duration grace) {
      gateway.drain(grace);
      close();
    }

    @Override
    public void close() {
      parts.close();
    }
  }
}
