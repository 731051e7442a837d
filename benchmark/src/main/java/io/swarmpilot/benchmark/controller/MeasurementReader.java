package io.swarmpilot.benchmark.controller;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import io.swarmpilot.benchmark.executor.Report;
import io.swarmpilot.benchmark.measure.Concurrency;
import io.swarmpilot.benchmark.measure.Count;
import io.swarmpilot.benchmark.measure.Measurement;
import io.swarmpilot.benchmark.measure.Metric;
import io.swarmpilot.benchmark.measure.Series;
import io.swarmpilot.benchmark.measure.Timeline;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Reads a measurement as executors send it to be added up.
final class MeasurementReader {
  private MeasurementReader() {}

  /// The measurement in an answer of `/metrics/histograms`, or nothing when it holds none that can
  /// be read.
  static Optional<Measurement> read(JsonNode answer) {
    if (!answer.path("histograms").isObject()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Measurement(
              answer.path("seconds").asDouble(),
              counts(answer.path("counts")),
              series(answer.path("histograms")),
              ImmutableSortedMap.copyOf(errors(answer.path("errors"))),
              ImmutableSortedMap.copyOf(messages(answer.path("messages"))),
              new Concurrency(
                  answer.path("mean_in_flight").asDouble(), answer.path("most_in_flight").asLong()),
              timeline(answer)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static ImmutableMap<Count, Long> counts(JsonNode node) {
    ImmutableMap.Builder<Count, Long> counts = ImmutableMap.builder();
    for (Count count : Count.values()) {
      counts.put(count, node.path(Report.key(count)).asLong());
    }
    return counts.build();
  }

  private static ImmutableMap<Metric, Series> series(JsonNode node) {
    ImmutableMap.Builder<Metric, Series> series = ImmutableMap.builder();
    for (Metric metric : Metric.values()) {
      if (node.hasNonNull(metric.key())) {
        series.put(metric, series(node.get(metric.key()).asText()));
      }
    }
    return series.build();
  }

  private static Series series(String base64) {
    return base64.isEmpty() ? Series.EMPTY : Series.decode(Base64.getDecoder().decode(base64));
  }

  private static Map<String, Long> errors(JsonNode node) {
    Map<String, Long> errors = new TreeMap<>();
    node.properties().forEach(entry -> errors.put(entry.getKey(), entry.getValue().asLong()));
    return errors;
  }

  private static Map<String, String> messages(JsonNode node) {
    Map<String, String> messages = new TreeMap<>();
    node.properties().forEach(entry -> messages.put(entry.getKey(), entry.getValue().asText()));
    return messages;
  }

  private static Timeline timeline(JsonNode answer) {
    ImmutableList.Builder<Timeline.Slice> slices = ImmutableList.builder();
    for (JsonNode slice : answer.path("timeline")) {
      slices.add(
          new Timeline.Slice(
              slice.path("due").asLong(),
              slice.path("succeeded").asLong(),
              slice.path("failed").asLong(),
              slice.path("output_tokens").asLong(),
              series(slice.path("response").asText())));
    }
    return new Timeline(Math.max(1, answer.path("slice_seconds").asLong()), slices.build());
  }
}
