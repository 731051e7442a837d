package io.swarmpilot.benchmark.report;

import static io.swarmpilot.benchmark.report.LineChart.escaped;

import com.google.common.collect.ImmutableList;
import io.swarmpilot.benchmark.measure.Metric;
import io.swarmpilot.benchmark.measure.Series;
import io.swarmpilot.benchmark.measure.Timeline;
import io.swarmpilot.benchmark.report.LineChart.Curve;
import io.swarmpilot.benchmark.report.LineChart.Point;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/// A report as one page that needs nothing else.
final class HtmlPage {

  /// Shares of the requests at which distributions are drawn: as many nines as anybody reads.
  private static final List<Double> SHARES =
      List.of(0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999, 0.9999, 1.0);

  private HtmlPage() {}

  static String of(RunReport report) {
    StringBuilder page = new StringBuilder();
    String name = escaped(report.name());
    page.append(head(name)).append("<p>").append(report.madeAt());
    report
        .setup()
        .forEach((what, value) ->
            page.append(" · ")
                .append(escaped(what))
                .append(": <b>")
                .append(escaped(value))
                .append("</b>"));
    page.append("</p>\n");
    report.steps().forEach(step -> appendProblems(step, page));
    appendTable(report, page);
    page.append(latencyAgainstLoad(report).svg());
    page.append(throughputAgainstLoad(report).svg());
    page.append(distribution("Response time, from the intended start", Metric.RESPONSE, report));
    page.append(distribution("Service time, from the actual send", Metric.SERVICE, report));
    page.append(distribution("Time to first output", Metric.FIRST_OUTPUT, report));
    page.append(distribution("Gaps between outputs", Metric.GAP, report));
    page.append(distribution("Schedule lag of the generator", Metric.LAG, report));
    report.steps().forEach(step -> appendTimeline(step, page));
    return page.append("</body></html>\n").toString();
  }

  private static String head(String name) {
    return """
    <!doctype html>
    <html lang="en"><head><meta charset="utf-8"><title>%s</title>
    <style>
    body { font: 15px/1.5 system-ui, sans-serif; max-width: 76rem; margin: 2rem auto; padding: 0 1rem; color: #1b1f24 }
    table { border-collapse: collapse; font-variant-numeric: tabular-nums } td, th { padding: .2rem .6rem; text-align: right }
    thead th { border-bottom: 2px solid #1b1f24 } td:first-child, th:first-child { text-align: left }
    figure { display: inline-block; margin: 1rem 1rem 1rem 0; vertical-align: top } figcaption { font-weight: 600 }
    svg text { font: 11px system-ui, sans-serif; fill: #444c56 } .bad { color: #b3261e; font-weight: 600 }
    </style></head><body>
    <h1>%s</h1>
    """
        .formatted(name, name);
  }

  private static void appendProblems(ReportedStep step, StringBuilder page) {
    step.problems()
        .forEach(problem ->
            page.append("<p class=\"bad\">")
                .append(escaped(step.name() + " is invalid: " + problem))
                .append("</p>\n"));
    if (!step.complete()) {
      page.append("<p class=\"bad\">").append(escaped(step.name())).append(" is incomplete</p>\n");
    }
  }

  private static void appendTable(RunReport report, StringBuilder page) {
    page.append("<table><thead><tr><th></th>");
    report
        .steps()
        .forEach(step -> page.append("<th>").append(escaped(step.name())).append("</th>"));
    page.append("</tr></thead>\n");
    for (Figure figure : Figure.values()) {
      page.append("<tr><td>").append(escaped(figure.heading()));
      report
          .steps()
          .forEach(step ->
              page.append("</td><td>")
                  .append(figure.text(step.measured()))
                  .append(range(figure, step)));
      page.append("</td></tr>\n");
    }
    page.append("</table>\n");
  }

  private static String range(Figure figure, ReportedStep step) {
    Interval interval = step.intervals().get(figure.key());
    return interval == null
        ? ""
        : " <small>[%s, %s]</small>"
            .formatted(Numbers.text(interval.low()), Numbers.text(interval.high()));
  }

  private static LineChart latencyAgainstLoad(RunReport report) {
    return new LineChart(
        "Response time against load",
        "offered requests/s",
        "ms",
        true,
        ImmutableList.of(
            againstLoad("p50", Figure.RESPONSE_P50, report),
            againstLoad("p90", Figure.RESPONSE_P90, report),
            againstLoad("p99", Figure.RESPONSE_P99, report),
            againstLoad("TTFT p99", Figure.FIRST_OUTPUT_P99, report)));
  }

  private static LineChart throughputAgainstLoad(RunReport report) {
    return new LineChart(
        "Throughput against load",
        "offered requests/s",
        "requests/s",
        false,
        ImmutableList.of(
            againstLoad("finished", Figure.THROUGHPUT, report),
            againstLoad("good", Figure.GOODPUT, report)));
  }

  /// A curve needs two loads.
  private static Curve againstLoad(String name, Figure figure, RunReport report) {
    ImmutableList<Point> points =
        report.steps().stream()
            .filter(step -> step.offeredRps().isPresent())
            .map(step -> new Point(step.offeredRps().getAsDouble(), figure.of(step.measured())))
            .sorted(Comparator.comparingDouble(Point::x))
            .collect(ImmutableList.toImmutableList());
    return new Curve(name, points.size() < 2 ? ImmutableList.of() : points);
  }

  /// Against nines: 1 is 90 %, 2 is 99 %, 3 is 99.9 %.
  private static String distribution(String title, Metric metric, RunReport report) {
    ImmutableList<Curve> curves =
        report.steps().stream()
            .map(step -> new Curve(step.name(), quantiles(step.measured().series(metric))))
            .collect(ImmutableList.toImmutableList());
    return new LineChart(title, "nines (1 = p90, 2 = p99, 3 = p99.9)", "ms", true, curves).svg();
  }

  private static ImmutableList<Point> quantiles(Series series) {
    if (series.isEmpty()) {
      return ImmutableList.of();
    }
    double most = 1.0 / series.count();
    return SHARES.stream()
        .filter(share -> share == 1 || 1 - share >= most)
        .map(share -> new Point(-Math.log10(Math.max(1 - share, most)), series.quantileMs(share)))
        .collect(ImmutableList.toImmutableList());
  }

  private static void appendTimeline(ReportedStep step, StringBuilder page) {
    Timeline timeline = step.measured().timeline();
    page.append(
        new LineChart(
                step.name() + ": requests over time",
                "s",
                "requests/s",
                false,
                ImmutableList.of(
                    over(timeline, "due", slice -> slice.due() / (double) timeline.sliceSeconds()),
                    over(
                        timeline,
                        "succeeded",
                        slice -> slice.succeeded() / (double) timeline.sliceSeconds()),
                    over(
                        timeline,
                        "failed",
                        slice -> slice.failed() / (double) timeline.sliceSeconds())))
            .svg());
    page.append(
        new LineChart(
                step.name() + ": response time over time",
                "s",
                "ms",
                true,
                ImmutableList.of(
                    over(timeline, "p50", slice -> slice.response().quantileMs(0.5)),
                    over(timeline, "p99", slice -> slice.response().quantileMs(0.99))))
            .svg());
  }

  private static Curve over(
      Timeline timeline, String name, ToDoubleFunction<Timeline.Slice> value) {
    return new Curve(
        name,
        IntStream.range(0, timeline.slices().size())
            .mapToObj(i ->
                new Point(
                    i * (double) timeline.sliceSeconds(),
                    value.applyAsDouble(timeline.slices().get(i))))
            .collect(ImmutableList.toImmutableList()));
  }
}
