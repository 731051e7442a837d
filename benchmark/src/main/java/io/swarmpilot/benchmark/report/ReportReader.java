package io.swarmpilot.benchmark.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import io.swarmpilot.benchmark.measure.Concurrency;
import io.swarmpilot.benchmark.measure.Count;
import io.swarmpilot.benchmark.measure.Measurement;
import io.swarmpilot.benchmark.measure.Metric;
import io.swarmpilot.benchmark.measure.Series;
import io.swarmpilot.benchmark.measure.Timeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;

/// Reads the JSON that [ReportTree] makes.
public final class ReportReader {
  private static final long MAX_BYTES = 256L << 20;

  private ReportReader() {}

  /// The report in a file.
  ///
  /// @throws ReportException naming the file and what is wrong with it
  public static RunReport read(Path file) throws ReportException {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new ReportException(file + ": is larger than " + MAX_BYTES + " bytes");
      }
      return of(ReportTree.MAPPER.readTree(file.toFile()));
    } catch (JsonProcessingException e) {
      throw new ReportException(file + ": is no JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new ReportException(file + ": cannot be read");
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new ReportException(file + ": is no report: " + e.getMessage());
    }
  }

  private static RunReport of(JsonNode tree) {
    if (!tree.path("format").asText().equals(ReportTree.FORMAT)) {
      throw new IllegalArgumentException("'format' is not " + ReportTree.FORMAT);
    }
    ImmutableList.Builder<ReportedStep> steps = ImmutableList.builder();
    tree.path("steps").forEach(step -> steps.add(step(step)));
    return new RunReport(
        tree.path("name").asText(),
        Instant.parse(tree.path("made_at").asText()),
        map(tree.path("setup"), JsonNode::asText),
        steps.build());
  }

  private static ReportedStep step(JsonNode tree) {
    JsonNode offered = tree.path("offered_rps");
    ImmutableList.Builder<String> problems = ImmutableList.builder();
    tree.path("problems").forEach(problem -> problems.add(problem.asText()));
    return new ReportedStep(
        tree.path("name").asText(),
        offered.isNumber() ? OptionalDouble.of(offered.asDouble()) : OptionalDouble.empty(),
        measurement(tree),
        tree.path("complete").asBoolean(),
        problems.build(),
        map(
            tree.path("confidence_95"),
            ends -> new Interval(ends.path(0).asDouble(), ends.path(1).asDouble())));
  }

  private static Measurement measurement(JsonNode tree) {
    ImmutableMap.Builder<Count, Long> counts = ImmutableMap.builder();
    for (Count count : Count.values()) {
      counts.put(count, tree.path("counts").path(count.key()).asLong());
    }
    ImmutableMap.Builder<Metric, Series> series = ImmutableMap.builder();
    for (Metric metric : Metric.values()) {
      series.put(metric, series(tree.path("histograms").path(metric.key())));
    }
    JsonNode concurrency = tree.path("concurrency");
    return new Measurement(
        tree.path("window_s").asDouble(),
        counts.buildOrThrow(),
        series.buildOrThrow(),
        ImmutableSortedMap.copyOf(map(tree.path("errors"), JsonNode::asLong)),
        ImmutableSortedMap.copyOf(map(tree.path("error_messages"), JsonNode::asText)),
        new Concurrency(concurrency.path("mean").asDouble(), concurrency.path("max").asLong()),
        timeline(tree.path("timeline")));
  }

  private static Timeline timeline(JsonNode tree) {
    ImmutableList.Builder<Timeline.Slice> slices = ImmutableList.builder();
    for (JsonNode slice : tree.path("slices")) {
      slices.add(
          new Timeline.Slice(
              slice.path("due").asLong(),
              slice.path("succeeded").asLong(),
              slice.path("failed").asLong(),
              slice.path("output_tokens").asLong(),
              series(slice.path("histogram"))));
    }
    return new Timeline(Math.max(1, tree.path("slice_s").asLong()), slices.build());
  }

  private static Series series(JsonNode histogram) {
    try {
      return histogram.isMissingNode() ? Series.EMPTY : Series.decode(histogram.binaryValue());
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "a histogram is not in base64: " + Ascii.truncate(histogram.asText(), 40, "…"), e);
    }
  }

  private static <V> ImmutableMap<String, V> map(JsonNode tree, Function<JsonNode, V> value) {
    ImmutableMap.Builder<String, V> map = ImmutableMap.builder();
    for (Map.Entry<String, JsonNode> entry : tree.properties()) {
      map.put(entry.getKey(), value.apply(entry.getValue()));
    }
    return map.buildOrThrow();
  }
}
