package io.swarmpilot.benchmark.executor;

import com.google.common.base.Ascii;
import io.swarmpilot.benchmark.measure.Count;
import io.swarmpilot.benchmark.measure.Measurement;
import io.swarmpilot.benchmark.measure.Metric;
import io.swarmpilot.benchmark.measure.Series;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Everything measured as a tree of names and values, ms for times.
public final class Report {
  private Report() {}

  /// The report of a measurement.
  ///
  /// @param invalid why it says nothing about the server; empty when it does
  public static Map<String, Object> of(Measurement measured, List<String> invalid) {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("valid", invalid.isEmpty());
    report.put("invalid_reasons", invalid);
    report.put("window_seconds", measured.seconds());
    report.put("requests_per_second", measured.throughput());
    report.put("goodput_per_second", measured.perSecond(Count.GOOD));
    report.put("good_share", measured.goodShare());
    report.put("error_share", measured.errorShare());
    report.put("output_tokens_per_second", measured.perSecond(Count.OUTPUT_TOKENS));
    report.put("mean_in_flight", measured.concurrency().mean());
    report.put("most_in_flight", measured.concurrency().most());
    Map<String, Object> counts = new LinkedHashMap<>();
    for (Count count : Count.values()) {
      counts.put(key(count), measured.count(count));
    }
    report.put("counts", counts);
    Map<String, Object> times = new LinkedHashMap<>();
    for (Metric metric : Metric.values()) {
      times.put(metric.key(), summary(measured.series(metric)));
    }
    report.put("times", times);
    report.put("errors", measured.errors());
    report.put("messages", measured.messages());
    return report;
  }

  /// Name of a count in reports.
  public static String key(Count count) {
    return Ascii.toLowerCase(count.name());
  }

  private static Map<String, Object> summary(Series series) {
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("count", series.count());
    if (!series.isEmpty()) {
      summary.put("mean_ms", series.meanMs());
      summary.put("p50_ms", series.quantileMs(0.5));
      summary.put("p90_ms", series.quantileMs(0.9));
      summary.put("p95_ms", series.quantileMs(0.95));
      summary.put("p99_ms", series.quantileMs(0.99));
      summary.put("max_ms", series.mostMs());
    }
    return summary;
  }
}
