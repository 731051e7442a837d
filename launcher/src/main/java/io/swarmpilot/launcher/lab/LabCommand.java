package io.swarmpilot.launcher.lab;

import io.swarmpilot.benchmark.simulate.trace.TraceException;
import io.swarmpilot.launcher.settings.CommandFailure;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// A command of the policy lab: prints a table or JSON, and writes a page if asked to.
abstract class LabCommand implements Callable<Integer> {
  @Option(names = "--html", paramLabel = "FILE", description = "Also write a page with charts.")
  private @Nullable Path html;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Spec private @Nullable CommandSpec spec;

  /// Does the work; what a trace or an option is at fault for is thrown.
  ///
  /// @param progress takes what is shown meanwhile
  abstract Findings find(PrintWriter progress);

  @Override
  public Integer call() {
    if (spec == null) {
      throw new IllegalStateException("not run from a command line");
    }
    try {
      show(find(spec.commandLine().getErr()), spec.commandLine().getOut());
      return 0;
    } catch (TraceException | IllegalArgumentException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
    }
  }

  private void show(Findings findings, PrintWriter out) {
    out.println((json ? findings.json : findings.text).get());
    out.flush();
    Path page = html;
    if (page != null) {
      write(page, findings.html.get());
    }
  }

  private static void write(Path page, String text) {
    try {
      Files.writeString(page, text);
    } catch (IOException e) {
      throw new CommandFailure("--html: " + page + " cannot be written: " + e.getMessage(), e);
    }
  }

  /// What was found, in each of its forms; made only if it is asked for.
  ///
  /// @param text lines for people
  /// @param json the same for programs
  /// @param html the same as a page
  record Findings(Supplier<String> text, Supplier<String> json, Supplier<String> html) {}
}
