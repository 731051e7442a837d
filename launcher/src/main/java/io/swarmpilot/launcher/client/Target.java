package io.swarmpilot.launcher.client;

import io.swarmpilot.client.Endpoint;
import io.swarmpilot.launcher.settings.CommandFailure;
import io.swarmpilot.launcher.settings.Ports;
import io.swarmpilot.launcher.settings.TimeSpan;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Options of every command that talks to a service.
final class Target {
  @Option(
      names = "--server",
      paramLabel = "URL",
      description = "The service to talk to (default: this machine's, at its documented port).")
  private @Nullable String server;

  @Option(
      names = "--port-offset",
      paramLabel = "K",
      description = "Added to the documented port; as given to `up`.")
  private int portOffset;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      description = "Longest wait for an answer (default: ${DEFAULT-VALUE}).",
      converter = TimeSpan.Converter.class)
  private TimeSpan timeout = TimeSpan.seconds(30);

  @Option(names = "--json", description = "Print the documented JSON.")
  private boolean json;

  boolean json() {
    return json;
  }

  Ports ports() {
    return new Ports(portOffset);
  }

  Session scheduler() {
    return session("scheduler", ports().scheduler());
  }

  Session predictor() {
    return session("predictor", ports().predictor());
  }

  private Session session(String service, int port) {
    try {
      Endpoint endpoint =
          server == null ? new Endpoint("localhost", port, false) : Endpoint.parse(server);
      return new Session(service, endpoint, timeout.duration());
    } catch (IllegalArgumentException e) {
      throw new CommandFailure("--server: " + e.getMessage(), e);
    }
  }
}
