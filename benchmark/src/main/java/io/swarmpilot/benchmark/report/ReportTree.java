package io.swarmpilot.benchmark.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableMap;
import io.swarmpilot.benchmark.measure.Measurement;
import io.swarmpilot.benchmark.measure.Metric;
import io.swarmpilot.benchmark.measure.Series;
import io.swarmpilot.benchmark.measure.Timeline;

/// A report as a tree of JSON, whole: [ReportReader] makes the same report of it.
public final class ReportTree {
  static final String FORMAT = "swarmpilot-benchmark-report/1";
  static final ObjectMapper MAPPER = new ObjectMapper();

  private static final ImmutableMap<String, Double> QUANTILES =
      ImmutableMap.of(
          "p50", 0.5, "p75", 0.75, "p90", 0.9, "p95", 0.95, "p99", 0.99, "p99_9", 0.999);

  private ReportTree() {}

  /// The tree.
  public static ObjectNode of(RunReport report) {
    ObjectNode tree = MAPPER.createObjectNode();
    tree.put("format", FORMAT);
    tree.put("name", report.name());
    tree.put("made_at", report.madeAt().toString());
    ObjectNode setup = tree.putObject("setup");
    report.setup().forEach(setup::put);
    ArrayNode steps = tree.putArray("steps");
    report.steps().forEach(step -> steps.add(of(step)));
    return tree;
  }

  private static ObjectNode of(ReportedStep step) {
    Measurement measured = step.measured();
    ObjectNode tree = MAPPER.createObjectNode();
    tree.put("name", step.name());
    step.offeredRps().ifPresent(rate -> tree.put("offered_rps", rate));
    tree.put("complete", step.complete());
    tree.put("valid", step.problems().isEmpty());
    step.problems().forEach(tree.putArray("problems")::add);
    tree.put("window_s", measured.seconds());
    for (Figure figure : Figure.values()) {
      tree.put(figure.key(), figure.of(measured));
    }
    tree.put("peak_rps", measured.timeline().peakPerSecond());
    ObjectNode intervals = tree.putObject("confidence_95");
    step.intervals()
        .forEach(
            (key, interval) -> intervals.putArray(key).add(interval.low()).add(interval.high()));
    addMeasured(measured, tree);
    return tree;
  }

  private static void addMeasured(Measurement measured, ObjectNode tree) {
    tree.putObject("concurrency")
        .put("mean", measured.concurrency().mean())
        .put("max", measured.concurrency().most());
    ObjectNode counts = tree.putObject("counts");
    measured.counts().forEach((count, number) -> counts.put(count.key(), number));
    ObjectNode errors = tree.putObject("errors");
    measured.errors().forEach(errors::put);
    ObjectNode messages = tree.putObject("error_messages");
    measured.messages().forEach(messages::put);
    ObjectNode latencies = tree.putObject("latencies_ms");
    ObjectNode histograms = tree.putObject("histograms");
    for (Metric metric : Metric.values()) {
      Series series = measured.series(metric);
      if (!series.isEmpty()) {
        latencies.set(metric.key(), of(series));
        histograms.put(metric.key(), series.encode());
      }
    }
    tree.set("timeline", of(measured.timeline()));
  }

  private static ObjectNode of(Series series) {
    ObjectNode tree = MAPPER.createObjectNode();
    tree.put("count", series.count());
    tree.put("mean", series.meanMs());
    tree.put("stddev", series.deviationMs());
    tree.put("min", series.leastMs());
    QUANTILES.forEach((name, share) -> tree.put(name, series.quantileMs(share)));
    tree.put("max", series.mostMs());
    return tree;
  }

  private static JsonNode of(Timeline timeline) {
    ObjectNode tree = MAPPER.createObjectNode();
    tree.put("slice_s", timeline.sliceSeconds());
    ArrayNode slices = tree.putArray("slices");
    for (Timeline.Slice slice : timeline.slices()) {
      ObjectNode node = slices.addObject();
      node.put("due", slice.due());
      node.put("succeeded", slice.succeeded());
      node.put("failed", slice.failed());
      node.put("output_tokens", slice.outputTokens());
      if (!slice.response().isEmpty()) {
        node.put("p50_ms", slice.response().quantileMs(0.5));
        node.put("p99_ms", slice.response().quantileMs(0.99));
        node.put("histogram", slice.response().encode());
      }
    }
    return tree;
  }
}
