package io.swarmpilot.launcher.lab;

import com.google.common.collect.ImmutableList;
import io.swarmpilot.benchmark.simulate.Experiment;
import io.swarmpilot.benchmark.simulate.Setup;
import io.swarmpilot.benchmark.simulate.plan.Advice;
import io.swarmpilot.benchmark.simulate.plan.Planner;
import io.swarmpilot.benchmark.simulate.plan.Promised;
import io.swarmpilot.benchmark.simulate.report.PlanReport;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Finds the smallest fleet, or the highest load, that keeps a promise.
@Command(
    name = "plan",
    description = "Find the smallest fleet (--fleet a100:?) or the highest load for a promise.")
public final class PlanCommand extends LabCommand {
  @Mixin private SetupOptions options = new SetupOptions();

  @Option(
      names = "--policies",
      split = ",",
      defaultValue = "proportional_deadline,least_requests",
      paramLabel = "NAME",
      description = "Strategies to plan for. Default: ${DEFAULT-VALUE}.")
  private List<String> policies = new ArrayList<>();

  @Option(
      names = "--slo",
      defaultValue = "3x",
      paramLabel = "BOUND",
      description =
          "Within how many times its unloaded time (3x, 2.5x), or within which time (800ms, 5s), a"
              + " task is to end. Default: ${DEFAULT-VALUE}.")
  private String slo = "";

  @Option(
      names = "--attain",
      defaultValue = "0.95",
      paramLabel = "SHARE",
      description = "Share of tasks that are to. Default: ${DEFAULT-VALUE}.")
  private double attain;

  @Option(
      names = "--rate",
      paramLabel = "TASKS/S",
      description = "Tasks a second. Default: the rate of the half of the trace that is run.")
  private double rate = Double.NaN;

  @Override
  Findings find(PrintWriter progress) {
    Setup setup = options.setupOfAny();
    ImmutableList<String> names = Experiment.subjects(policies, setup);
    ProgressLine line = new ProgressLine(progress);
    Planner planner = new Planner(setup, Promised.parse(slo, attain), line);
    ImmutableList.Builder<Advice> found = ImmutableList.builder();
    for (String name : names) {
      found.add(
          options.asksForSize()
              ? planner.smallestFleet(name, options::fleetOf, rate(planner))
              : planner.highestLoad(name));
    }
    line.end();
    ImmutableList<Advice> advice = found.build();
    return new Findings(
        () -> String.join(System.lineSeparator(), PlanReport.lines(advice)),
        () -> PlanReport.json(advice, options.shown(setup)),
        () -> PlanReport.html(advice, options.shown(setup)));
  }

  private double rate(Planner planner) {
    if (Double.isNaN(rate)) {
      return planner.traceRatePerS();
    }
    if (rate > 0 && rate < 1e6) {
      return rate;
    }
    throw new IllegalArgumentException("--rate must be above 0, below 1,000,000");
  }
}
