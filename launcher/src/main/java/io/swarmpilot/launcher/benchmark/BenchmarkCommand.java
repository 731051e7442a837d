package io.swarmpilot.launcher.benchmark;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// The parent of the commands that measure servers.
@Command(
    name = "benchmark",
    description = "Measure a model server; see also `orchestrator` for many machines.",
    subcommands = {
      RunCommand.class,
      ReportCommand.class,
      CompareCommand.class,
      MockServerCommand.class
    })
public final class BenchmarkCommand implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    if (spec != null) {
      spec.commandLine().usage(spec.commandLine().getOut());
    }
  }
}
