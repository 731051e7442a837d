package io.swarmpilot.benchmark.executor;

import io.swarmpilot.benchmark.measure.Count;
import io.swarmpilot.benchmark.measure.Measurement;
import io.swarmpilot.benchmark.measure.Metric;
import io.swarmpilot.benchmark.measure.Series;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Writes what an executor measured in Prometheus' text format, version 0.0.4.
///
/// The first names are those of the first toolkit, whose counters count requests of the window; the
/// histograms are what percentiles over several nodes are to be made of.
final class PrometheusText {
  private static final double MS_PER_S = 1e3;
  private static final List<Double> BOUNDS_SECONDS =
      List.of(
          0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0,
          120.0);

  private final String service;
  private final String label;
  private final StringBuilder text = new StringBuilder();

  private PrometheusText(String service, String host) {
    this.service = service.replaceAll("[^A-Za-z0-9_]", "_");
    this.label = "host=\"" + escaped(host) + "\"";
  }

  /// The text about a workload.
  ///
  /// @param clients clients that the workload asks for
  static String of(String service, String host, WorkloadState state, int clients) {
    PrometheusText text = new PrometheusText(service, host);
    Measurement measured = state.measured();
    text.value("requests_total", "counter", "Total requests", measured.count(Count.SUCCEEDED));
    text.value("errors_total", "counter", "Total errors", measured.count(Count.FAILED));
    text.value(
        "requests_success", "gauge", "Requests that ended well", measured.count(Count.SUCCEEDED));
    text.value("requests_failed", "gauge", "Requests that failed", measured.count(Count.FAILED));
    text.value(
        "requests_good", "gauge", "Requests that met every objective", measured.count(Count.GOOD));
    text.value(
        "request_latency_seconds",
        "gauge",
        "Request latency",
        measured.series(Metric.RESPONSE).meanMs() / MS_PER_S);
    text.value("workload_running", "gauge", "Whether a workload runs", state.running() ? 1 : 0);
    text.value("throughput_rps", "gauge", "Requests per second", Answers.throughput(measured));
    text.value("elapsed_seconds", "gauge", "Length of what was measured", measured.seconds());
    text.value("threads", "gauge", "Clients", clients);
    text.value(
        "tokens_per_request",
        "gauge",
        "Output tokens per request",
        ratio(measured.count(Count.OUTPUT_TOKENS), measured.count(Count.FINISHED)));
    text.value(
        "cache_usage_percentage",
        "gauge",
        "Input tokens read from a cache, percent",
        100 * ratio(measured.count(Count.CACHED_TOKENS), measured.count(Count.INPUT_TOKENS)));
    text.errors(measured.errors());
    text.histogram("response_seconds", "Time from when due", measured.series(Metric.RESPONSE));
    text.histogram("service_seconds", "Time from when sent", measured.series(Metric.SERVICE));
    text.histogram(
        "ttft_seconds", "Time from when due to first output", measured.series(Metric.FIRST_OUTPUT));
    text.histogram("itl_seconds", "Gaps between pieces of output", measured.series(Metric.GAP));
    text.histogram("tpot_seconds", "Time per output token", measured.series(Metric.PER_TOKEN));
    text.histogram(
        "schedule_lag_seconds", "How late requests were sent", measured.series(Metric.LAG));
    return text.text.toString();
  }

  private void value(String name, String type, String help, double value) {
    head(name, type, help);
    line(name, "", number(value));
  }

  private void value(String name, String type, String help, long count) {
    head(name, type, help);
    line(name, "", Long.toString(count));
  }

  private void errors(Map<String, Long> errors) {
    head("errors_by_class_total", "counter", "Failed requests by class");
    errors.forEach((kind, count) ->
        line("errors_by_class_total", ",class=\"" + escaped(kind) + "\"", Long.toString(count)));
  }

  private void histogram(String name, String help, Series series) {
    head(name, "histogram", help);
    for (double bound : BOUNDS_SECONDS) {
      line(
          name + "_bucket",
          ",le=\"" + number(bound) + "\"",
          Long.toString(series.isEmpty() ? 0 : series.countUpTo(MS_PER_S * bound)));
    }
    line(name + "_bucket", ",le=\"+Inf\"", Long.toString(series.count()));
    line(name + "_sum", "", number(series.meanMs() / MS_PER_S * series.count()));
    line(name + "_count", "", Long.toString(series.count()));
  }

  private void head(String name, String type, String help) {
    text.append("# HELP ").append(service).append('_').append(name);
    text.append(' ').append(help).append('\n');
    text.append("# TYPE ").append(service).append('_').append(name);
    text.append(' ').append(type).append('\n');
  }

  private void line(String name, String labels, String value) {
    text.append(service).append('_').append(name);
    text.append('{').append(label).append(labels).append("} ").append(value).append('\n');
  }

  private static double ratio(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : String.format(Locale.ROOT, "%s", value);
  }

  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }
}
