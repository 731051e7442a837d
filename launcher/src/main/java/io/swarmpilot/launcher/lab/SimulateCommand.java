package io.swarmpilot.launcher.lab;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.swarmpilot.benchmark.simulate.Experiment;
import io.swarmpilot.benchmark.simulate.Setup;
import io.swarmpilot.benchmark.simulate.measure.Row;
import io.swarmpilot.benchmark.simulate.reference.Reference;
import io.swarmpilot.benchmark.simulate.report.Columns;
import io.swarmpilot.benchmark.simulate.report.HtmlReport;
import io.swarmpilot.benchmark.simulate.report.JsonReport;
import io.swarmpilot.benchmark.simulate.trace.TraceException;
import io.swarmpilot.benchmark.simulate.workload.Sampling;
import io.swarmpilot.launcher.settings.CommandFailure;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Compares policies on traces, in virtual time.
@Command(name = "simulate", description = "Compare strategies on your traces, in virtual time.")
public final class SimulateCommand implements Callable<Integer> {
  @Mixin private SetupOptions options = new SetupOptions();

  @Option(
      names = "--policies",
      split = ",",
      defaultValue = "proportional_deadline,least_requests,power_of_two,round_robin",
      paramLabel = "NAME",
      description = "Strategies to compare, or all. Default: ${DEFAULT-VALUE}.")
  private List<String> policies = new ArrayList<>();

  @Option(names = "--html", paramLabel = "FILE", description = "Also write a page with charts.")
  private @Nullable Path html;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    if (spec == null) {
      throw new IllegalStateException("not run from a command line");
    }
    try {
      simulate(spec.commandLine().getOut(), spec.commandLine().getErr());
      return 0;
    } catch (TraceException | IllegalArgumentException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
    }
  }

  private void simulate(PrintWriter out, PrintWriter err) {
    Setup setup = options.setup();
    ImmutableList<String> subjects = subjects(setup);
    ProgressLine progress = new ProgressLine(err);
    ImmutableList<Row> rows = new Experiment(setup).run(subjects, progress);
    progress.end();
    ImmutableMap<String, String> shown = options.shown(setup);
    List<String> notes = notes(setup);
    if (json) {
      out.println(JsonReport.of(rows, shown, notes));
    } else {
      notes.forEach(out::println);
      TextTable.of(rows, Columns.MAIN).forEach(out::println);
    }
    out.flush();
    Path page = html;
    if (page != null) {
      write(page, HtmlReport.of(rows, shown, notes));
    }
  }

  /// The policies asked for, then the references.
  private ImmutableList<String> subjects(Setup setup) {
    List<String> names = new ArrayList<>(Experiment.subjects(policies, setup));
    boolean burst = setup.sample().sampling() == Sampling.BURST;
    Reference.worthShowing(burst).stream()
        .map(Reference::label)
        .filter(label -> !names.contains(label))
        .forEach(names::add);
    return ImmutableList.copyOf(names);
  }

  private static List<String> notes(Setup setup) {
    List<String> notes = new ArrayList<>();
    if (setup.loads().stream().anyMatch(load -> load >= 1) && !setup.promise().sheddable()) {
      notes.add(
          "At load 1 and above nothing is shed here: waits grow as long as tasks arrive, so the"
              + " figures depend on --tasks.");
    }
    return notes;
  }

  private static void write(Path page, String text) {
    try {
      Files.writeString(page, text);
    } catch (IOException e) {
      throw new CommandFailure("--html: " + page + " cannot be written: " + e.getMessage(), e);
    }
  }
}
