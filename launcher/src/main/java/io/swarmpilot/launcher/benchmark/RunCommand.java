package io.swarmpilot.launcher.benchmark;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.swarmpilot.benchmark.campaign.Campaign;
import io.swarmpilot.benchmark.campaign.Campaign.Step;
import io.swarmpilot.benchmark.campaign.CampaignReport;
import io.swarmpilot.benchmark.campaign.RunText;
import io.swarmpilot.benchmark.load.LoadPlan;
import io.swarmpilot.benchmark.load.RateSearch;
import io.swarmpilot.benchmark.load.drive.LoadGenerator;
import io.swarmpilot.benchmark.measure.Count;
import io.swarmpilot.benchmark.prompts.read.PromptException;
import io.swarmpilot.benchmark.prompts.read.PromptFile.TraceFile;
import io.swarmpilot.benchmark.report.ConsoleTable;
import io.swarmpilot.benchmark.report.ReportFormat;
import io.swarmpilot.benchmark.report.RunReport;
import io.swarmpilot.benchmark.simulate.trace.TraceException;
import io.swarmpilot.launcher.settings.CommandFailure;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Puts load on servers from this process and says what was measured.
@Command(
    name = "run",
    description = {
      "Put load on a server from this process and print what was measured.",
      "Exit codes: 0 done, 1 invalid, cut short or without a success, 2 wrong usage."
    })
public final class RunCommand implements Callable<Integer> {
  @Mixin private AimOptions aim = new AimOptions();
  @Mixin private ArrivalOptions arrivals = new ArrivalOptions();
  @Mixin private PromptOptions prompts = new PromptOptions();
  @Mixin private LimitOptions limits = new LimitOptions();

  @Option(names = "--seed", defaultValue = "1", description = "Seed of the schedule and prompts.")
  private long seed;

  @Option(
      names = "--repetitions",
      defaultValue = "1",
      description = "Runs, for confidence intervals: 1 to 1000.")
  private int repetitions;

  @Option(
      names = "--rates",
      split = ",",
      paramLabel = "REQUESTS/S",
      description = "A run at each of these rates.")
  private List<Double> rates = new ArrayList<>();

  @Option(
      names = "--sweep",
      paramLabel = "RUNS",
      description = "One user, then as many as may be, then rates between: 3 to 100 runs.")
  private Optional<Integer> sweep = Optional.empty();

  @Option(
      names = "--find-rate",
      paramLabel = "FIRST",
      description = "Find the highest rate that keeps the objectives, beginning with this one.")
  private Optional<Double> findRate = Optional.empty();

  @Option(
      names = "--attain",
      defaultValue = "0.99",
      description = "Share of requests that are to be good for --find-rate.")
  private double attain;

  @Option(
      names = "--precision",
      defaultValue = "0.1",
      description = "How precise --find-rate is, 0.01 to 1.")
  private double precision;

  @Option(names = "--json", description = "Print JSON, histograms included.")
  private boolean json;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Also write a report: .json, .yaml, .csv or .html; may be repeated.")
  private List<Path> output = new ArrayList<>();

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    if (spec == null) {
      throw new IllegalStateException("not run from a command line");
    }
    try {
      return run(spec.commandLine().getOut(), spec.commandLine().getErr());
    } catch (IllegalArgumentException | PromptException | TraceException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
    }
  }

  private int run(PrintWriter out, PrintWriter err) {
    LoadPlan plan = plan();
    try (LoadGenerator generator = new LoadGenerator();
        LiveScreen screen = new LiveScreen(err)) {
      Campaign campaign = new Campaign(generator, screen::follow);
      ImmutableList<Step> steps = steps(campaign, plan, out);
      screen.clear();
      RunReport report = report(plan, steps);
      out.println(json ? ReportFormat.JSON.text(report) : text(report, steps));
      out.flush();
      for (Path file : output) {
        write(file, report);
      }
      return steps.stream().allMatch(RunCommand::isSound) ? 0 : 1;
    }
  }

  private LoadPlan plan() {
    Optional<TraceFile> trace = prompts.trace();
    return LoadPlan.of(
            aim.aim(), arrivals.arrival(trace), limits.phases(), prompts.prompts(trace, seed))
        .withSlo(limits.slo())
        .withLimits(limits.limits())
        .withSeed(seed);
  }

  private ImmutableList<Step> steps(Campaign campaign, LoadPlan plan, PrintWriter out) {
    if (sweep.isPresent()) {
      require(sweep.get() <= 100, "--sweep has 100 runs at most");
      return campaign.sweep(plan, arrivals.spacing(), sweep.get());
    }
    if (!rates.isEmpty()) {
      return campaign.rates(plan, arrivals.spacing(), rates);
    }
    if (findRate.isPresent()) {
      require(!limits.slo().isNone(), "--find-rate needs an objective, --slo-response 1s say");
      require(attain > 0 && attain < 1, "--attain must be above 0 and below 1");
      RateSearch search = new RateSearch(findRate.get(), precision);
      ImmutableList<Step> steps = campaign.search(plan, arrivals.spacing(), search, attain);
      if (!json) {
        out.println(
            String.format(
                Locale.ROOT, "Highest rate that was borne: %.4g requests/s", search.highest()));
      }
      return steps;
    }
    require(repetitions >= 1 && repetitions <= 1_000, "--repetitions must be from 1 to 1000");
    return campaign.repeat(plan, repetitions);
  }

  private RunReport report(LoadPlan plan, List<Step> steps) {
    ImmutableMap<String, String> setup =
        ImmutableMap.<String, String>builder()
            .put("targets", String.join(", ", plan.aim().targets()))
            .put("api", plan.aim().api().key())
            .put("model", plan.aim().model())
            .put("arrival", plan.arrival().toString())
            .put("phases", plan.phases().toString())
            .put("seed", String.valueOf(plan.seed()))
            .buildOrThrow();
    String name = plan.aim().model().isEmpty() ? "run" : plan.aim().model();
    return steps.size() > 1 && repetitions > 1
        ? CampaignReport.ofRepetitions(name, Instant.now(), setup, steps)
        : CampaignReport.of(name, Instant.now(), setup, steps);
  }

  private static String text(RunReport report, List<Step> steps) {
    return steps.size() == 1
        ? String.join(System.lineSeparator(), RunText.of(steps.getFirst().end()))
        : ConsoleTable.of(report);
  }

  private static void write(Path file, RunReport report) {
    String name = String.valueOf(file.getFileName());
    ReportFormat format = ReportFormat.parse(name.substring(name.lastIndexOf('.') + 1));
    try {
      Path _ = Files.writeString(file, format.text(report));
    } catch (IOException e) {
      throw new CommandFailure("--output: " + file + " cannot be written: " + e.getMessage(), e);
    }
  }

  private static boolean isSound(Step step) {
    return step.end().complete()
        && step.end().validity().isValid()
        && step.end().measured().count(Count.SUCCEEDED) > 0;
  }

  private static void require(boolean holds, String wrong) {
    if (!holds) {
      throw new CommandFailure(wrong);
    }
  }
}
