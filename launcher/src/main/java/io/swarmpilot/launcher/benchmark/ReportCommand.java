package io.swarmpilot.launcher.benchmark;

import io.swarmpilot.benchmark.report.ConsoleTable;
import io.swarmpilot.benchmark.report.ReportException;
import io.swarmpilot.benchmark.report.ReportFormat;
import io.swarmpilot.benchmark.report.ReportReader;
import io.swarmpilot.benchmark.report.RunReport;
import io.swarmpilot.launcher.settings.CommandFailure;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Shows a saved report again, or in another form.
@Command(
    name = "report",
    description = "Print a report (JSON) of `benchmark run` as a table, or in another form.")
public final class ReportCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "REPORT", description = "The report.")
  private Path file = Path.of("");

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "json, yaml, csv or html (default: a table).")
  private Optional<String> format = Optional.empty();

  @Override
  public Integer call() {
    try {
      RunReport report = ReportReader.read(file);
      String text =
          format.isEmpty()
              ? ConsoleTable.of(report)
              : ReportFormat.parse(format.get()).text(report);
      if (spec != null) {
        spec.commandLine().getOut().print(text);
        spec.commandLine().getOut().flush();
      }
      return 0;
    } catch (ReportException | IllegalArgumentException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
    }
  }
}
