package io.swarmpilot.taskinstance.backend.simulated;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// Reads where the time that executions take comes from.
final class LatencySettings {
  private static final List<String> SOURCES =
      List.of("latency_ms", "distribution", "latency_field", "table_file", "performance_file");
  private static final String DISTRIBUTIONS =
      "must be constant, exponential, lognormal, gamma or quantiles";

  private final Config config;

  private LatencySettings(Config config) {
    this.config = config;
  }

  /// The source in a configuration; notes a violation against every setting that is wrong, in which
  /// case the result is of no use.
  ///
  /// @param model the model that is simulated
  static Source parse(Config config, String model) {
    List<String> given =
        SOURCES.stream()
            .filter(config::has)
            .filter(name -> !name.equals("latency_ms") || !config.has("distribution"))
            .toList();
    if (given.size() > 1) {
      config.require(false, given.get(1), "cannot be given together with " + given.getFirst());
    }
    return new LatencySettings(config).source(model);
  }

  private Source source(String model) {
    if (config.has("latency_field")) {
      return new Source.Told(config.text("latency_field").orElse("latency_ms"));
    }
    if (config.has("table_file")) {
      return fromFile(
          "table_file", records -> new Source.Looked(LatencyTableReader.read(records, model)));
    }
    if (config.has("performance_file")) {
      return performance();
    }
    return new Source.Drawn(drawn());
  }

  private Source performance() {
    String model = config.text("performance_model").orElse("");
    String hardware = config.text("performance_hardware").orElse("");
    int parallel = config.integer("tensor_parallel", 0, 1, 1_024);
    config.require(!hardware.isEmpty(), "performance_hardware", "Field required");
    return hardware.isEmpty()
        ? new Source.Drawn(new Latency.Constant(0))
        : fromFile(
            "performance_file",
            records ->
                new Source.Measured(PerformanceReader.read(records, model, hardware, parallel)));
  }

  private Source fromFile(String name, Maker maker) {
    String file = config.text(name).orElse("");
    try {
      return maker.make(MeasurementFile.read(Path.of(file)));
    } catch (NoSuchFileException e) {
      config.require(false, name, "there is no file " + file);
    } catch (IOException | InvalidPathException e) {
      config.require(false, name, file + " cannot be used: " + e.getMessage());
    }
    return new Source.Drawn(new Latency.Constant(0));
  }

  private Latency drawn() {
    double constant = config.number("latency_ms", 0, 0, Source.MAX_MS);
    double mean = config.number("mean_ms", constant, 0, Source.MAX_MS);
    double cv = config.number("cv", 0.5, 0, 100);
    return switch (config.object().path("distribution").asText("constant")) {
      case "constant" -> new Latency.Constant(mean);
      case "exponential" -> new Latency.Exponential(mean);
      case "lognormal" -> new Latency.Lognormal(mean, cv);
      case "gamma" -> new Latency.Gamma(mean, cv);
      case "quantiles" -> quantiles();
      default -> {
        config.require(false, "distribution", DISTRIBUTIONS);
        yield new Latency.Constant(0);
      }
    };
  }

  /// `{"0.5": 120, "0.99": 900}`.
  private Latency quantiles() {
    TreeMap<Double, Double> quantiles = new TreeMap<>();
    JsonNode object = config.object().path("quantiles");
    boolean valid = object.isObject() && !object.isEmpty();
    for (var quantile : object.properties()) {
      double probability = probability(quantile.getKey());
      double ms = quantile.getValue().isNumber() ? quantile.getValue().doubleValue() : -1;
      valid &= probability >= 0 && probability <= 1 && ms >= 0 && ms <= Source.MAX_MS;
      quantiles.put(probability, ms);
    }
    List<Latency.Point> points = new ArrayList<>();
    double before = 0;
    for (var quantile : quantiles.entrySet()) {
      valid &= quantile.getValue() >= before;
      before = quantile.getValue();
      points.add(new Latency.Point(quantile.getKey(), before));
    }
    config.require(
        valid,
        "quantiles",
        "must be latencies by probability that do not fall, such as {\"0.5\": 120, \"0.99\": 900}");
    return valid ? new Latency.Empirical(points) : new Latency.Constant(0);
  }

  private static double probability(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /// Makes a source of what a file holds.
  @FunctionalInterface
  private interface Maker {
    Source make(List<JsonNode> records) throws IOException;
  }
}
