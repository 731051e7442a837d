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
import io.swarmpilot.benchmark.simulate.workload.Sampling;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Compares policies on traces, in virtual time.
@Command(name = "simulate", description = "Compare strategies on your traces, in virtual time.")
public final class SimulateCommand extends LabCommand {
  @Mixin private SetupOptions options = new SetupOptions();

  @Option(
      names = "--policies",
      split = ",",
      defaultValue = "proportional_deadline,least_requests,power_of_two,round_robin",
      paramLabel = "NAME",
      description = "Strategies to compare, or all. Default: ${DEFAULT-VALUE}.")
  private List<String> policies = new ArrayList<>();

  @Mixin private RecordOptions recording = new RecordOptions();

  @Override
  public Integer call() {
    return recording.isAsked() ? recording.record() : super.call();
  }

  @Override
  Findings find(PrintWriter progress) {
    Setup setup = options.setup();
    ImmutableList<String> subjects = subjects(setup);
    ProgressLine line = new ProgressLine(progress);
    ImmutableList<Row> rows = new Experiment(setup).run(subjects, line);
    line.end();
    ImmutableMap<String, String> shown = options.shown(setup);
    List<String> notes = notes(setup);
    return new Findings(
        () ->
            Stream.concat(notes.stream(), TextTable.of(rows, Columns.MAIN).stream())
                .collect(Collectors.joining(System.lineSeparator())),
        () -> JsonReport.of(rows, shown, notes),
        () -> HtmlReport.of(rows, shown, notes));
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
}
