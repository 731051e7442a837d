package io.swarmpilot.predictor.table;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import io.swarmpilot.runtime.json.JsonValues;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;

/// Reads a table that is CSV with a header line: the features, then the quantiles, then `expect`
/// and `error`.
///
/// A quantile's column is named by its probability: `0.5`, `q0.5`, `p50`, `quantile_0.5`; or there
/// are two columns `quantiles` and `quantile_predictions` that hold JSON arrays. Columns called
/// `model_type`, `model_name`, `hardware`, `software_name` and `software_version` say what a row is
/// for; without them it is for anything.
final class CsvTable {
  private static final ObjectReader ROWS =
      new CsvMapper().enable(CsvParser.Feature.WRAP_AS_ARRAY).readerFor(String[].class);
  private static final ObjectMapper ARRAYS = new ObjectMapper(JsonValues.FACTORY);

  private final List<String> header;
  private final QuantileColumns quantiles;

  private CsvTable(List<String> header) {
    this.header = header;
    this.quantiles = QuantileColumns.of(header);
  }

  static void read(InputStream in, RecordSink sink) throws IOException, TableException {
    try (MappingIterator<String[]> rows = ROWS.readValues(in)) {
      if (!rows.hasNextValue()) {
        throw new TableException("it is empty");
      }
      CsvTable table = new CsvTable(Arrays.stream(rows.nextValue()).map(String::strip).toList());
      if (!table.quantiles.areAny() && !table.hasArrays()) {
        throw new TableException("it is neither a JSON array nor CSV with quantile columns");
      }
      while (rows.hasNextValue()) {
        String[] row = rows.nextValue();
        sink.add(() -> table.record(row));
      }
    }
  }

  private boolean hasArrays() {
    return header.contains("quantiles") && header.contains("quantile_predictions");
  }

  private TableRecord record(String[] row) {
    if (row.length != header.size()) {
      throw new IllegalArgumentException("not as many cells as columns");
    }
    RecordDraft draft = new RecordDraft();
    double[] probabilities = quantiles.probabilities();
    double[] predictions = quantiles.values(row);
    for (int i = 0; i < row.length; i++) {
      String cell = row[i].strip();
      switch (header.get(i)) {
        case "status" -> require(cell.equals("success"));
        case "quantiles" -> probabilities = array(cell);
        case "quantile_predictions" -> predictions = array(cell);
        default -> note(header.get(i), cell, i, draft);
      }
    }
    return draft.finish(probabilities, predictions);
  }

  private void note(String column, String cell, int index, RecordDraft draft) {
    if (cell.isEmpty() || quantiles.contains(index) || draft.text(column, cell)) {
      return;
    }
    double number = Double.parseDouble(cell);
    if (!draft.moment(column, number)) {
      draft.feature(column, number);
    }
  }

  private static double[] array(String cell) {
    try {
      return JsonTable.numbers(ARRAYS.readTree(cell));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not an array of numbers", e);
    }
  }

  private static void require(boolean condition) {
    if (!condition) {
      throw new IllegalArgumentException("not successful");
    }
  }
}
