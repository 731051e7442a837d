package io.swarmpilot.launcher;

import io.swarmpilot.launcher.settings.CommandFailure;
import io.swarmpilot.launcher.settings.Settings;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// Runs one command line.
public final class Main {
  private static final int HELP_WIDTH = 100;

  private Main() {}

  /// Runs the command and ends the process with its exit code: 0 done, 1 failed, 2 wrong usage.
  public static void main(String... arguments) {
    List<String> line = List.of(arguments);
    Logging.prepare(line, System.getenv());
    System.exit(run(line, System.getenv()));
  }

  /// Runs the command with settings from an environment; answers its exit code.
  static int run(List<String> arguments, Map<String, String> environment) {
    return run(
        arguments,
        environment,
        new PrintWriter(System.out, true, StandardCharsets.UTF_8),
        new PrintWriter(System.err, true, StandardCharsets.UTF_8));
  }

  /// Runs the command, printing where told; answers its exit code.
  public static int run(
      List<String> arguments, Map<String, String> environment, PrintWriter out, PrintWriter err) {
    CommandLine line = commandLine(arguments, environment).setOut(out).setErr(err);
    try {
      Settings settings = Settings.of(arguments, environment);
      settings.check(line);
      line.setDefaultValueProvider(settings);
    } catch (CommandFailure e) {
      err.println("swarmpilot: " + e.getMessage());
      return CommandLine.ExitCode.USAGE;
    }
    return line.execute(arguments.toArray(String[]::new));
  }

  private static CommandLine commandLine(List<String> arguments, Map<String, String> environment) {
    boolean traces =
        arguments.contains("--verbose")
            || environment.getOrDefault("LOG_LEVEL", "").toLowerCase(Locale.ROOT).equals("debug");
    return CommonOptions.addTo(new CommandLine(new SwarmPilot()))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpWidth(HELP_WIDTH)
        .setAbbreviatedOptionsAllowed(false)
        .setExpandAtFiles(false)
        .setParameterExceptionHandler((failure, _) -> wrongUsage(failure))
        .setExecutionExceptionHandler((failure, command, _) -> failed(failure, command, traces));
  }

  private static int wrongUsage(ParameterException failure) {
    CommandLine command = failure.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("swarmpilot: " + failure.getMessage());
    if (!UnmatchedArgumentException.printSuggestions(failure, err)) {
      err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    }
    return CommandLine.ExitCode.USAGE;
  }

  private static int failed(Exception failure, CommandLine command, boolean traces) {
    String message =
        failure instanceof CommandFailure ? failure.getMessage() : "unexpected failure: " + failure;
    command.getErr().println("swarmpilot: " + message);
    if (traces) {
      failure.printStackTrace(command.getErr());
    }
    return CommandLine.ExitCode.SOFTWARE;
  }
}
