package io.swarmpilot.predictor.table;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.primitives.ImmutableDoubleArray;
import io.swarmpilot.predictor.feature.Features;
import io.swarmpilot.predictor.model.Grids;
import io.swarmpilot.predictor.model.ModelIdentity;
import io.swarmpilot.predictor.model.Prediction;
import io.swarmpilot.predictor.model.QuantileDistribution;
import io.swarmpilot.runtime.json.JsonValues;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/// Writes tables that [TableReader] reads: a record for each task, the task's features in it.
final class TableWriter {
  private static final ObjectWriter ROWS = new CsvMapper().writer();
  private static final Set<String> OTHER_COLUMNS =
      Set.of("expect", "error", "status", "quantiles", "quantile_predictions", "type", "name");
  private static final List<String> IDENTITY_COLUMNS =
      List.of("model_type", "model_name", "hardware", "software_name", "software_version");
  private static final double DIGITS = 1e12;

  private final ModelIdentity identity;
  private final List<Features> tasks;
  private final ImmutableDoubleArray grid;

  /// A writer of a table for a model.
  ///
  /// @param tasks the tasks to predict, in order
  /// @param confidenceLevel the table holds the ends of the central interval of this probability
  TableWriter(ModelIdentity identity, List<Features> tasks, double confidenceLevel) {
    this.identity = identity;
    this.tasks = tasks;
    this.grid = grid(confidenceLevel);
  }

  private static ImmutableDoubleArray grid(double confidenceLevel) {
    // Rounded, so that 0.95 gives 0.025 and not what is left of it in binary.
    double tail = Math.round((1 - confidenceLevel) / 2 * DIGITS) / DIGITS;
    return ImmutableDoubleArray.copyOf(
        DoubleStream.concat(Arrays.stream(Grids.coarse()), DoubleStream.of(tail, 1 - tail))
            .sorted()
            .distinct());
  }

  /// Writes a JSON array of records, each on a line of its own.
  void writeJson(TaskPredictor predictor, OutputStream out) throws IOException {
    out.write("[\n".getBytes(StandardCharsets.US_ASCII));
    try (JsonGenerator json = JsonValues.FACTORY.createGenerator(out)) {
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      json.setPrettyPrinter(new MinimalPrettyPrinter(",\n"));
      for (Features task : tasks) {
        writeRecord(task, predictor.predict(task), json);
      }
    }
    out.write("\n]\n".getBytes(StandardCharsets.US_ASCII));
  }

  private void writeRecord(Features task, Prediction prediction, JsonGenerator json)
      throws IOException {
    QuantileDistribution shown = prediction.distribution().at(grid.toArray());
    json.writeStartObject();
    json.writeStringField("status", "success");
    json.writeStringField("model_type", identity.type());
    json.writeFieldName("quantiles");
    json.writeArray(grid.toArray(), 0, grid.length());
    json.writeFieldName("quantile_predictions");
    json.writeStartArray();
    for (int i = 0; i < shown.size(); i++) {
      json.writeNumber(shown.value(i));
    }
    json.writeEndArray();
    json.writeNumberField("expect", prediction.mean());
    json.writeNumberField("error", prediction.standardDeviation());
    json.writeObjectFieldStart("model_info");
    json.writeStringField("type", identity.type());
    json.writeStringField("name", identity.name());
    json.writeStringField("hardware", identity.hardware());
    json.writeStringField("software_name", identity.softwareName());
    json.writeStringField("software_version", identity.softwareVersion());
    json.writeEndObject();
    json.writeObjectFieldStart("features");
    for (Map.Entry<String, Double> feature : task.values().entrySet()) {
      json.writeNumberField(feature.getKey(), feature.getValue());
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  /// The names of all features of the tasks, for [#writeCsv].
  ///
  /// @throws TableException when one of them means something else in CSV
  ImmutableSortedSet<String> csvFeatures() throws TableException {
    Set<String> names = new TreeSet<>();
    tasks.forEach(task -> names.addAll(task.values().keySet()));
    for (String name : names) {
      if (OTHER_COLUMNS.contains(name)
          || name.equals("model_type")
          || QuantileColumns.of(List.of(name)).areAny()) {
        throw new TableException(
            "a CSV table cannot have a feature called " + name + ": ask for format json");
      }
    }
    return ImmutableSortedSet.copyOf(names);
  }

  /// Writes CSV with a header: the features, the quantiles, `expect` and `error`, and what the
  /// table is for.
  ///
  /// @param features what [#csvFeatures] gave
  void writeCsv(ImmutableSortedSet<String> features, TaskPredictor predictor, OutputStream out)
      throws IOException {
    // The sequence is not closed: that would close what belongs to others.
    SequenceWriter rows = ROWS.writeValues(out);
    rows.write(
        Stream.of(
                features.stream(),
                grid.stream().mapToObj(p -> "q" + BigDecimal.valueOf(p).toPlainString()),
                Stream.of("expect", "error"),
                IDENTITY_COLUMNS.stream())
            .flatMap(names -> names)
            .toArray(String[]::new));
    for (Features task : tasks) {
      rows.write(row(features, task, predictor.predict(task)));
    }
    rows.flush();
  }

  private String[] row(ImmutableSortedSet<String> features, Features task, Prediction prediction) {
    QuantileDistribution shown = prediction.distribution().at(grid.toArray());
    return Stream.of(
            features.stream().map(name -> cell(task, name)),
            grid.stream().mapToObj(p -> String.valueOf(shown.quantile(p))),
            Stream.of(prediction.mean(), prediction.standardDeviation()).map(String::valueOf),
            Stream.of(
                identity.type(),
                identity.name(),
                identity.hardware(),
                identity.softwareName(),
                identity.softwareVersion()))
        .flatMap(cells -> cells)
        .toArray(String[]::new);
  }

  private static String cell(Features task, String name) {
    Double value = task.values().get(name);
    return value == null ? "" : value.toString();
  }
}
