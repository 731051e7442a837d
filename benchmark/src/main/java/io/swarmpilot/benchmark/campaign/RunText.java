package io.swarmpilot.benchmark.campaign;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import io.swarmpilot.benchmark.load.drive.RunSnapshot;
import io.swarmpilot.benchmark.measure.Count;
import io.swarmpilot.benchmark.measure.Measurement;
import io.swarmpilot.benchmark.measure.Metric;
import io.swarmpilot.benchmark.measure.Proportion;
import io.swarmpilot.benchmark.measure.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// One run as lines for people.
public final class RunText {
  private static final List<Map.Entry<Metric, String>> LATENCIES =
      List.of(
          Map.entry(Metric.RESPONSE, "response, from the intended start"),
          Map.entry(Metric.SERVICE, "service, from the send"),
          Map.entry(Metric.FIRST_OUTPUT, "first output, from the intended start"),
          Map.entry(Metric.FIRST_OUTPUT_SERVICE, "first output, from the send"),
          Map.entry(Metric.GAP, "gap between pieces"),
          Map.entry(Metric.STALL, "longest gap of a request"),
          Map.entry(Metric.PER_TOKEN, "time per output token"),
          Map.entry(Metric.FAILED, "until a failure"),
          Map.entry(Metric.LAG, "schedule lag of the generator"));

  private RunText() {}

  /// The lines.
  public static List<String> of(RunSnapshot end) {
    Measurement measured = end.measured();
    List<String> lines = new ArrayList<>();
    counts(lines, measured);
    lines.add("");
    lines.add(line("%-40s %9s %9s %9s %9s %9s", "ms", "mean", "p50", "p90", "p99", "most"));
    for (Map.Entry<Metric, String> shown : LATENCIES) {
      Series series = measured.series(shown.getKey());
      if (!series.isEmpty()) {
        lines.add(latency(shown.getValue(), series));
      }
    }
    measured
        .errors()
        .forEach((kind, count) ->
            lines.add(
                line("! %,d × %s: %s", count, kind, measured.messages().getOrDefault(kind, ""))));
    if (!end.complete()) {
      lines.add("! The run was cut short.");
    }
    end.validity().reasons().forEach(reason -> lines.add("! INVALID: " + reason + "."));
    return lines;
  }

  private static void counts(List<String> lines, Measurement measured) {
    long attempted = measured.count(Count.ATTEMPTED);
    Proportion good = new Proportion(measured.count(Count.GOOD), attempted);
    lines.add(
        line(
            "%,d requests in %.1f s: %,d succeeded, %,d failed (%,d never sent); %.4g/s done, in"
                + " flight %.4g, at most %,d",
            attempted,
            measured.seconds(),
            measured.count(Count.SUCCEEDED),
            measured.count(Count.FAILED),
            measured.count(Count.DROPPED),
            measured.throughput(),
            measured.concurrency().mean(),
            measured.concurrency().most()));
    lines.add(
        line(
            "good %.2f %% of those attempted (95 %% confidence: %.2f to %.2f %%), %.4g/s",
            100 * good.share(),
            100 * good.atLeast(),
            100 * good.atMost(),
            measured.perSecond(Count.GOOD)));
    if (measured.count(Count.OUTPUT_TOKENS) > 0) {
      lines.add(
          line(
              "%.5g output tokens/s, %.5g with input; %s",
              measured.perSecond(Count.OUTPUT_TOKENS),
              measured.perSecond(Count.INPUT_TOKENS) + measured.perSecond(Count.OUTPUT_TOKENS),
              measured.count(Count.USAGE_MISSING) == 0
                  ? "as the server counted"
                  : line(
                      "pieces counted for %,d requests without usage",
                      measured.count(Count.USAGE_MISSING))));
    }
  }

  private static String latency(String name, Series series) {
    return line(
        "%-40s %9.2f %9.2f %9.2f %9.2f %9.2f",
        name,
        series.meanMs(),
        series.quantileMs(0.5),
        series.quantileMs(0.9),
        series.quantileMs(0.99),
        series.mostMs());
  }

  @FormatMethod
  private static String line(@FormatString String form, Object... values) {
    return String.format(Locale.ROOT, form, values);
  }
}
