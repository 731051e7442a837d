package io.swarmpilot.benchmark.summary;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swarmpilot.benchmark.load.drive.Campaign;
import io.swarmpilot.benchmark.load.drive.RunSnapshot;
import io.swarmpilot.benchmark.measure.Count;
import io.swarmpilot.benchmark.measure.Measurement;
import io.swarmpilot.benchmark.measure.Metric;
import io.swarmpilot.benchmark.measure.Proportion;
import io.swarmpilot.benchmark.measure.Series;
import io.swarmpilot.benchmark.measure.Timeline;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/// Measurements as JSON: every figure, and the histograms in HdrHistogram's compressed form so that
/// quantiles of several files can be had exactly.
public final class MeasurementJson {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final double ROUND = 1e3;

  private MeasurementJson() {}

  /// The runs of a campaign.
  public static ObjectNode steps(List<Campaign.Step> steps) {
    ObjectNode json = MAPPER.createObjectNode();
    ArrayNode runs = json.putArray("runs");
    for (Campaign.Step step : steps) {
      ObjectNode run = runs.addObject().put("name", step.what());
      run.put("requested_rate", step.ratePerSecond());
      run.setAll(run(step.end()));
    }
    return json;
  }

  /// How one run ended, or how it is going.
  public static ObjectNode run(RunSnapshot end) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("complete", end.complete());
    json.put("ending", end.ending().map(why -> why.name().toLowerCase(Locale.ROOT)).orElse(null));
    json.put("valid", end.validity().isValid());
    ArrayNode reasons = json.putArray("invalid_because");
    end.validity().reasons().forEach(reasons::add);
    json.setAll(measurement(end.measured()));
    return json;
  }

  /// What was measured.
  public static ObjectNode measurement(Measurement measured) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("seconds", round(measured.seconds()));
    json.put("throughput_rps", round(measured.throughput()));
    json.put("output_tokens_per_s", round(measured.perSecond(Count.OUTPUT_TOKENS)));
    json.put(
        "total_tokens_per_s",
        round(
            measured.perSecond(Count.INPUT_TOKENS) + measured.perSecond(Count.OUTPUT_TOKENS)));
    json.put("peak_rps", round(measured.timeline().peakPerSecond()));
    json.put("error_share", measured.errorShare());
    goodput(json.putObject("goodput"), measured);
    ObjectNode counts = json.putObject("counts");
    for (Count count : Count.values()) {
      counts.put(count.key(), measured.count(count));
    }
    ObjectNode errors = json.putObject("errors");
    measured.errors().forEach(errors::put);
    ObjectNode messages = json.putObject("error_messages");
    measured.messages().forEach(messages::put);
    json.putObject("concurrency")
        .put("mean", round(measured.concurrency().mean()))
        .put("most", measured.concurrency().most());
    ObjectNode series = json.putObject("latency_ms");
    for (Metric metric : Metric.values()) {
      series.set(metric.key(), series(measured.series(metric)));
    }
    json.set("timeline", timeline(measured.timeline()));
    return json;
  }

  private static void goodput(ObjectNode json, Measurement measured) {
    Proportion good =
        new Proportion(measured.count(Count.GOOD), measured.count(Count.ATTEMPTED));
    json.put("share_of_attempted", good.share())
        .put("share_at_least", good.atLeast())
        .put("share_at_most", good.atMost())
        .put("requests_per_s", round(measured.perSecond(Count.GOOD)))
        .put("tokens_per_s", round(measured.perSecond(Count.GOOD_TOKENS)));
  }

  private static ObjectNode series(Series series) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("count", series.count());
    if (!series.isEmpty()) {
      json.put("mean", round(series.meanMs()))
          .put("deviation", round(series.deviationMs()))
          .put("min", series.leastMs())
          .put("p50", series.quantileMs(0.5))
          .put("p90", series.quantileMs(0.9))
          .put("p95", series.quantileMs(0.95))
          .put("p99", series.quantileMs(0.99))
          .put("p99_9", series.quantileMs(0.999))
          .put("max", series.mostMs())
          .put("histogram", Base64.getEncoder().encodeToString(series.encode()));
    }
    return json;
  }

  private static ObjectNode timeline(Timeline timeline) {
    ObjectNode json = MAPPER.createObjectNode().put("slice_seconds", timeline.sliceSeconds());
    ArrayNode slices = json.putArray("slices");
    for (Timeline.Slice slice : timeline.slices()) {
      slices
          .addObject()
          .put("due", slice.due())
          .put("succeeded", slice.succeeded())
          .put("failed", slice.failed())
          .put("output_tokens", slice.outputTokens())
          .put("response_p50_ms", slice.response().quantileMs(0.5))
          .put("response_p99_ms", slice.response().quantileMs(0.99));
    }
    return json;
  }

  private static double round(double value) {
    return Math.round(value * ROUND) / ROUND;
  }
}
