package io.swarmpilot.benchmark.simulate.read;

import com.google.common.base.Splitter;
import io.swarmpilot.benchmark.simulate.latency.LatencyTable;
import io.swarmpilot.benchmark.simulate.trace.TraceException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// Reads measured times as splitwise-sim publishes them: CSV with the columns `model`, `hardware`,
/// `prompt_size`, `batch_size`, `prompt_time` and `token_time` (ms), and perhaps `tensor_parallel`.
public final class LatencyReader {
  private static final Splitter COMMAS = Splitter.on(',').trimResults();
  private static final int MOST_ROWS = 1_000_000;

  private LatencyReader() {}

  /// The table in a file.
  ///
  /// @throws TraceException when it cannot be read or a row of it makes no sense
  public static LatencyTable read(Path path) {
    String file = path.toString();
    try (BufferedReader lines = TraceReader.open(path)) {
      String first = lines.readLine();
      if (first == null) {
        throw new TraceException(file + ": it is empty");
      }
      List<String> names = COMMAS.splitToList(first.toLowerCase(Locale.ROOT));
      LatencyTable table = new LatencyTable(file);
      long row = 1;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        row++;
        if (row > MOST_ROWS) {
          throw TraceException.at(file, row, "more than 1,000,000 rows");
        }
        if (!line.isBlank()) {
          add(new Cells(file, row, names, COMMAS.splitToList(line)), table);
        }
      }
      return table;
    } catch (IOException e) {
      throw new TraceException(path + ": cannot be read: " + TraceReader.reason(e), e);
    }
  }

  private static void add(Cells cells, LatencyTable into) {
    into.add(
        new LatencyTable.Key(
            cells.text("model"),
            cells.text("hardware"),
            cells.has("tensor_parallel") ? (int) cells.number("tensor_parallel") : 1),
        (int) cells.number("prompt_size"),
        (int) cells.number("batch_size"),
        cells.number("prompt_time"),
        cells.number("token_time"));
  }

  /// A row.
  private record Cells(String file, long row, List<String> names, List<String> cells) {
    boolean has(String name) {
      return names.contains(name);
    }

    String text(String name) {
      int at = names.indexOf(name);
      if (at < 0) {
        throw TraceException.at(file, 1, "there is no column " + name);
      }
      if (at >= cells.size()) {
        throw TraceException.at(file, row, "there is no " + name);
      }
      return cells.get(at).toLowerCase(Locale.ROOT);
    }

    double number(String name) {
      String text = text(name);
      try {
        double value = Double.parseDouble(text);
        if (value > 0 && value < Double.POSITIVE_INFINITY) {
          return value;
        }
      } catch (NumberFormatException e) {
        // Told below, as for a number that is not positive.
      }
      throw TraceException.at(file, row, name + " is '" + text + "', which is no positive number");
    }
  }
}
