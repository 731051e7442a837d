package io.swarmpilot.launcher.serve;

import io.swarmpilot.launcher.settings.Ports;
import io.swarmpilot.launcher.settings.Settings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// A command that serves until it is told to stop.
abstract class ServeCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--port-offset",
      paramLabel = "K",
      description = "Added to every port (default: ${DEFAULT-VALUE}).")
  private int portOffset;

  @Option(
      names = "--ready-file",
      paramLabel = "FILE",
      description = "Write every URL to this file (JSON) once all is serving.")
  private @Nullable Path readyFile;

  @Option(names = "--print-config", description = "Print the settings in force and end.")
  private boolean printConfig;

  /// Starts serving; nothing is left running when it fails.
  abstract Serving serve(Ports ports);

  @Override
  public final Integer call() {
    Ports ports = new Ports(portOffset);
    if (printConfig) {
      printConfig();
      return 0;
    }
    ReadyFile ready = ReadyFile.at(readyFile);
    Serving serving = serve(ports);
    try {
      ready.write(serving.urls());
      serving.announce(out());
    } catch (RuntimeException e) {
      serving.close();
      throw e;
    }
    new Shutdown(serving, out()).await();
    return 0;
  }

  final PrintWriter out() {
    return command().commandLine().getOut();
  }

  /// Where options come from that are not on the command line.
  final Settings settings() {
    IDefaultValueProvider provider = command().commandLine().getDefaultValueProvider();
    if (provider instanceof Settings settings) {
      return settings;
    }
    throw new IllegalStateException("run without settings");
  }

  private CommandSpec command() {
    if (spec == null) {
      throw new IllegalStateException("not run from a command line");
    }
    return spec;
  }

  private void printConfig() {
    command().options().stream()
        .filter(option -> Settings.isSetting(command().name(), option))
        .forEach(option -> {
          Object value = option.getValue();
          out().println(option.longestName().substring(2) + ": " + (value == null ? "" : value));
        });
    out().flush();
  }
}
