package io.swarmpilot.predictor.trace;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.google.common.primitives.Doubles;
import io.swarmpilot.predictor.feature.FeatureKeys;
import io.swarmpilot.predictor.feature.Features;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Reads traces from CSV with a header line: a column of numbers is a feature, and the names mean
/// what they mean in a JSON trace.
///
/// Whether a column holds numbers or text is told by its first cell that is not empty. Text is
/// passed over; a text in a column of numbers is a fault.
final class CsvRows {
  private static final ObjectReader ROWS =
      new CsvMapper()
          .enable(CsvParser.Feature.WRAP_AS_ARRAY)
          .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
          .readerFor(String[].class);
  private static final Set<String> EMPTY = Set.of("", "na", "n/a", "null", "none");

  private final List<String> header;
  private final Map<String, Boolean> numeric = new HashMap<>();

  private CsvRows(List<String> header) {
    this.header = header;
  }

  static void read(InputStream content, String path, Rows rows, Faults faults)
      throws IOException, TraceException {
    try (MappingIterator<String[]> lines = ROWS.readValues(content)) {
      if (!lines.hasNextValue()) {
        throw new TraceException(path, "is empty");
      }
      CsvRows csv = new CsvRows(header(lines.nextValue(), path));
      while (!faults.isFull() && lines.hasNextValue()) {
        String[] cells = lines.nextValue();
        rows.take(row -> csv.trace(cells, row));
      }
    }
  }

  private static List<String> header(String[] cells, String path) throws TraceException {
    List<String> names = Arrays.stream(cells).map(CsvRows::name).toList();
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (!seen.add(name)) {
        throw new TraceException(path, "has two columns " + name);
      }
    }
    return names;
  }

  /// The name of a column, without the byte order mark that some programs put before the first.
  private static String name(String cell) {
    return (cell.startsWith("\ufeff") ? cell.substring(1) : cell).strip();
  }

  private Trace trace(String[] cells, String row) throws TraceException {
    if (cells.length != header.size()) {
      throw new TraceException(
          row, "has %d cells and should have %d".formatted(cells.length, header.size()));
    }
    Map<String, String> identity = new HashMap<>();
    Map<String, Double> numbers = new HashMap<>();
    Map<String, Double> times = new HashMap<>();
    String instance = "";
    for (int i = 0; i < cells.length; i++) {
      String name = header.get(i);
      String cell = cells[i].strip();
      if (EMPTY.contains(cell.toLowerCase(Locale.ROOT))) {
        continue;
      }
      if (FeatureKeys.isIdentity(name)) {
        identity.put(name, cell);
      } else if (FeatureKeys.INSTANCES.contains(name)) {
        instance = cell;
      } else if (FeatureKeys.TIMES.contains(name)) {
        Double time = Doubles.tryParse(cell);
        times.put(name, time == null ? Double.NaN : time);
      } else if (FeatureKeys.isFeature(name) && isNumeric(name, cell)) {
        numbers.put(name, number(cell, row + "." + name));
      }
    }
    if (numbers.size() > Features.MAX_COUNT) {
      throw new TraceException(row, "must hold at most " + Features.MAX_COUNT + " numbers");
    }
    return new Trace(identity, Features.of(numbers), new Outcome(times, instance));
  }

  private boolean isNumeric(String column, String cell) {
    return numeric.computeIfAbsent(column, unknown -> Doubles.tryParse(cell) != null);
  }

  private static double number(String cell, String path) throws TraceException {
    Double number = Doubles.tryParse(cell);
    if (number == null) {
      throw new TraceException(path, "must be a number");
    }
    if (!Double.isFinite(number)) {
      throw new TraceException(path, "must be a finite number");
    }
    return number;
  }
}
