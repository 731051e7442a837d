package io.swarmpilot.launcher;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;

/// What one command line did.
///
/// @param code exit code
/// @param out what it printed
/// @param err what it printed as errors
public record CommandLineRun(int code, String out, String err) {
  /// Runs a command line in an empty environment.
  public static CommandLineRun of(String... arguments) {
    return with(Map.of(), arguments);
  }

  /// Runs a command line.
  public static CommandLineRun with(Map<String, String> environment, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        Main.run(
            List.of(arguments),
            environment,
            new PrintWriter(out, true),
            new PrintWriter(err, true));
    return new CommandLineRun(code, out.toString(), err.toString());
  }
}
