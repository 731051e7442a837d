package io.swarmpilot.launcher.benchmark;

import io.swarmpilot.benchmark.report.Comparison;
import io.swarmpilot.benchmark.report.Comparison.Verdict;
import io.swarmpilot.benchmark.report.ReportException;
import io.swarmpilot.benchmark.report.ReportReader;
import io.swarmpilot.launcher.settings.CommandFailure;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Compares two reports.
@Command(
    name = "compare",
    description = {
      "Compare two reports (JSON) of `benchmark run`, run by run, figure by figure. Figures differ"
          + " when their confidence intervals are apart, or without repetitions by more than 5 %%.",
      "Exit codes: 0 compared, 1 a file is no report, or with --fail-when-worse a figure is worse."
    })
public final class CompareCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Parameters(index = "0", paramLabel = "BEFORE", description = "The first report.")
  private Path before = Path.of("");

  @Parameters(index = "1", paramLabel = "AFTER", description = "The second report.")
  private Path after = Path.of("");

  @Option(names = "--fail-when-worse", description = "End with 1 when a figure is worse.")
  private boolean strict;

  @Override
  public Integer call() {
    try {
      Comparison comparison = Comparison.of(ReportReader.read(before), ReportReader.read(after));
      if (spec != null) {
        spec.commandLine().getOut().print(comparison.table());
        spec.commandLine().getOut().flush();
      }
      boolean worse = comparison.rows().stream().anyMatch(row -> row.verdict() == Verdict.WORSE);
      return strict && worse ? 1 : 0;
    } catch (ReportException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
    }
  }
}
