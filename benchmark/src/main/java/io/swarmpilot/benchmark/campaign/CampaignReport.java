package io.swarmpilot.benchmark.campaign;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.swarmpilot.benchmark.campaign.Campaign.Step;
import io.swarmpilot.benchmark.load.drive.RunSnapshot;
import io.swarmpilot.benchmark.measure.Measurement;
import io.swarmpilot.benchmark.measure.Repeated;
import io.swarmpilot.benchmark.report.Figure;
import io.swarmpilot.benchmark.report.Interval;
import io.swarmpilot.benchmark.report.ReportedStep;
import io.swarmpilot.benchmark.report.RunReport;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/// What the runs of a campaign found, as a report.
public final class CampaignReport {
  private CampaignReport() {}

  /// A report with a step for each run.
  ///
  /// @param setup what was measured and how, for people
  public static RunReport of(
      String name, Instant madeAt, ImmutableMap<String, String> setup, List<Step> steps) {
    return new RunReport(
        name,
        madeAt,
        setup,
        steps.stream().map(CampaignReport::step).collect(ImmutableList.toImmutableList()));
  }

  /// A report with one step for the repetitions of one run: their samples joined, and where each
  /// figure lies with 95 % confidence.
  public static RunReport ofRepetitions(
      String name, Instant madeAt, ImmutableMap<String, String> setup, List<Step> steps) {
    Measurement joined =
        steps.stream()
            .map(step -> step.end().measured())
            .reduce(Measurement::then)
            .orElse(Measurement.NONE);
    ReportedStep first = step(steps.getFirst());
    return new RunReport(
        name,
        madeAt,
        setup,
        ImmutableList.of(
            new ReportedStep(
                steps.size() + " runs",
                first.offeredRps(),
                joined,
                steps.stream().allMatch(step -> step.end().complete()),
                steps.stream()
                    .flatMap(CampaignReport::problems)
                    .collect(ImmutableList.toImmutableList()),
                intervals(steps))));
  }

  private static ReportedStep step(Step step) {
    RunSnapshot end = step.end();
    return new ReportedStep(
        step.what(),
        step.ratePerSecond() > 0 ? OptionalDouble.of(step.ratePerSecond()) : OptionalDouble.empty(),
        end.measured(),
        end.complete(),
        problems(step).collect(ImmutableList.toImmutableList()),
        ImmutableMap.of());
  }

  private static Stream<String> problems(Step step) {
    Stream<String> early =
        step
            .end()
            .ending()
            .map(why ->
                switch (why) {
                  case DURATION, REQUESTS, STOPPED -> "";
                  case ERRORS -> "too many requests failed, so it ended early";
                  case SATURATED -> "the server fell further and further behind";
                })
            .filter(text -> !text.isEmpty())
            .stream();
    return Stream.concat(step.end().validity().reasons().stream(), early);
  }

  private static ImmutableMap<String, Interval> intervals(List<Step> steps) {
    ImmutableMap.Builder<String, Interval> intervals = ImmutableMap.builder();
    for (Figure figure : Figure.values()) {
      Repeated repeated =
          Repeated.of(steps.stream().mapToDouble(step -> figure.of(step.end().measured())));
      if (steps.size() > 1) {
        intervals.put(
            figure.key(),
            new Interval(
                repeated.mean() - repeated.halfWidth(), repeated.mean() + repeated.halfWidth()));
      }
    }
    return intervals.buildOrThrow();
  }
}
