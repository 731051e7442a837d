package io.swarmpilot.launcher.serve;

import io.swarmpilot.gateway.Gateway;
import io.swarmpilot.runtime.BuildInfo;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/// One service of the mesh with its documented REST port.
///
/// @param name what it is
/// @param addresses where this machine can be reached
/// @param restPort its REST port
/// @param grpcPort its own gRPC port
/// @param gateway serves the REST port
/// @param drainService drains the service itself
/// @param parts everything that has to be stopped
record Service(
    String name,
    Addresses addresses,
    int restPort,
    int grpcPort,
    Gateway gateway,
    Consumer<Duration> drainService,
    Parts parts)
    implements Serving {
  @Override
  public Map<String, Object> urls() {
    Map<String, Object> urls = new LinkedHashMap<>();
    urls.put("version", BuildInfo.version());
    urls.put("pid", ProcessHandle.current().pid());
    urls.put(name, addresses.service(restPort, grpcPort));
    return urls;
  }

  @Override
  public void announce(PrintWriter out) {
    out.printf(
        "SwarmPilot %s %s serves %s (REST, gRPC, gRPC-Web) and %s:%d (gRPC). Ctrl-C stops.%n",
        name, BuildInfo.version(), addresses.shownUrl(restPort), addresses.shown(), grpcPort);
    out.flush();
  }

  @Override
  public void drain(Duration grace) {
    Deadline deadline = Deadline.in(grace);
    gateway.drain(deadline.left());
    drainService.accept(deadline.left());
    close();
  }

  @Override
  public void close() {
    parts.close();
  }
}
