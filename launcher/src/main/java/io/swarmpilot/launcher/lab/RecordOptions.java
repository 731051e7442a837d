package io.swarmpilot.launcher.lab;

import io.swarmpilot.client.Endpoint;
import io.swarmpilot.launcher.settings.CommandFailure;
import io.swarmpilot.launcher.settings.Ports;
import io.swarmpilot.launcher.settings.TimeSpan;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// What is to be recorded of live traffic, and from where.
final class RecordOptions {
  private static final Duration LONGEST = Duration.ofDays(365);

  @Option(
      names = "--record",
      paramLabel = "FILE",
      description = {
        "Record live traffic as a trace to replay with --trace, instead of simulating: a row for each",
        "task that ends well, without inputs and results. Ends with --for, --rows or Ctrl-C; the file",
        "is written then, as a whole."
      })
  private @Nullable Path file;

  @Option(
      names = "--for",
      paramLabel = "TIME",
      converter = TimeSpan.Converter.class,
      description = "How long to record: 60s, 5m.")
  private @Nullable TimeSpan time;

  @Option(
      names = "--rows",
      defaultValue = "1000000",
      paramLabel = "N",
      description = "Most tasks to record, 1 to 10000000. Default: ${DEFAULT-VALUE}.")
  private int rows;

  @Option(
      names = "--server",
      paramLabel = "URL",
      description = "Scheduler to record from. Default: this machine's, at its documented port.")
  private @Nullable String server;

  @Option(
      names = "--port-offset",
      paramLabel = "K",
      description = "Added to the documented port; as given to `up`.")
  private int portOffset;

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  boolean isAsked() {
    return file != null;
  }

  /// Records; answers the exit code.
  int record() {
    Path into = file;
    if (into == null || command == null) {
      throw new IllegalStateException("nothing is to be recorded");
    }
    Recording recording =
        new Recording(endpoint(), into, rows, time == null ? LONGEST : time.duration());
    command.commandLine().getOut().println(recording.run());
    command.commandLine().getOut().flush();
    return 0;
  }

  private Endpoint endpoint() {
    try {
      return server == null
          ? new Endpoint("localhost", new Ports(portOffset).scheduler(), false)
          : Endpoint.parse(server);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure("--server: " + e.getMessage(), e);
    }
  }
}
