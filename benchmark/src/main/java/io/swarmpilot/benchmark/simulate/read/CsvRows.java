package io.swarmpilot.benchmark.simulate.read;

import com.google.common.base.Splitter;
import com.google.common.primitives.ImmutableLongArray;
import io.swarmpilot.benchmark.simulate.trace.TraceColumns;
import io.swarmpilot.benchmark.simulate.trace.TraceException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Rows of numbers below a header: those of Azure's traces (`TIMESTAMP`, `ContextTokens`,
/// `GeneratedTokens`) and ours (`arrival_ms`, `input_tokens`, `output_tokens`), columns in any
/// order, others passed over. With `execution_ms` it was recorded how long each took, and tokens
/// may be left empty where they are not known. A time is a date or a number, `arrival_ms` in ms and
/// any other in s.
final class CsvRows implements TraceReader.Rows {
  private static final Splitter COMMAS = Splitter.on(',').trimResults();
  private static final List<String> TIMES = List.of("arrival_ms", "arrival_s", "timestamp");
  private static final List<String> INPUTS =
      List.of("input_tokens", "contexttokens", "input_length");
  private static final List<String> OUTPUTS =
      List.of("output_tokens", "generatedtokens", "output_length");
  private static final double NANOS_A_MS = 1e6;
  private static final double NANOS_A_SECOND = 1e9;
  private static final double LATEST_NANOS = 9e18;
  private static final int DATE_LENGTH = 10;

  private final String file;
  private @Nullable Header header;
  private boolean dated;

  CsvRows(String file) {
    this.file = file;
  }

  @Override
  public void read(long row, String line, TraceColumns into) {
    Header known = header;
    if (known == null) {
      header = Header.of(file, line);
      return;
    }
    List<String> cells = COMMAS.splitToList(line);
    if (cells.size() != known.width) {
      throw TraceException.at(
          file, row, "it has " + cells.size() + " columns, the header has " + known.width);
    }
    into.add(
        row,
        nanos(row, cells.get(known.time), known.timeUnit),
        tokens(row, cells.get(known.input), "input tokens"),
        tokens(row, cells.get(known.output), "output tokens"),
        0,
        ImmutableLongArray.of());
    if (known.execution >= 0) {
      into.recorded(row, number(row, cells.get(known.execution), "the execution time"));
    }
  }

  @Override
  public boolean dated() {
    return dated;
  }

  private long nanos(long row, String cell, double unit) {
    if (cell.length() > DATE_LENGTH && cell.charAt(4) == '-') {
      dated = true;
      return date(row, cell);
    }
    double value = number(row, cell, "the time of arrival") * unit;
    if (value < 0) {
      throw TraceException.at(file, row, "it arrived at " + cell + ", which is negative");
    }
    if (value > LATEST_NANOS) {
      throw TraceException.at(file, row, "it arrived at " + cell + ", which is centuries away");
    }
    return (long) value;
  }

  private long date(long row, String cell) {
    try {
      String iso = cell.substring(0, DATE_LENGTH) + "T" + cell.substring(DATE_LENGTH + 1);
      TemporalAccessor time =
          DateTimeFormatter.ISO_DATE_TIME.parseBest(iso, OffsetDateTime::from, LocalDateTime::from);
      Instant instant =
          time instanceof OffsetDateTime offset
              ? offset.toInstant()
              : ((LocalDateTime) time).toInstant(ZoneOffset.UTC);
      return Math.addExact(
          Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
    } catch (DateTimeException | ArithmeticException e) {
      throw TraceException.at(file, row, "'" + cell + "' is no date of arrival");
    }
  }

  private long tokens(long row, String cell, String what) {
    boolean unknown = cell.isEmpty() && header != null && header.execution >= 0;
    return unknown ? 1 : count(row, cell, what);
  }

  private long count(long row, String cell, String what) {
    double value = number(row, cell, "the number of " + what);
    if (value != Math.rint(value)) {
      throw TraceException.at(file, row, cell + " " + what + " is not a whole number");
    }
    return (long) value;
  }

  private double number(long row, String cell, String what) {
    try {
      double value = Double.parseDouble(cell);
      if (Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Told below, as for a number that is not finite.
    }
    throw TraceException.at(file, row, what + " is '" + cell + "', which is no number");
  }

  /// Which columns there are.
  private record Header(
      int width, int time, double timeUnit, int input, int output, int execution) {
    static Header of(String file, String line) {
      List<String> names =
          COMMAS.splitToList(line).stream()
              .map(name -> name.replace("\uFEFF", "").toLowerCase(Locale.ROOT))
              .toList();
      int time = find(file, names, TIMES, "times of arrival (TIMESTAMP, arrival_ms or arrival_s)");
      return new Header(
          names.size(),
          time,
          names.get(time).equals("arrival_ms") ? NANOS_A_MS : NANOS_A_SECOND,
          find(file, names, INPUTS, "input tokens (ContextTokens or input_tokens)"),
          find(file, names, OUTPUTS, "output tokens (GeneratedTokens or output_tokens)"),
          names.indexOf("execution_ms"));
    }

    private static int find(String file, List<String> names, List<String> known, String what) {
      for (String name : known) {
        if (names.contains(name)) {
          return names.indexOf(name);
        }
      }
      throw TraceException.at(file, 1, "there is no column of " + what);
    }
  }
}
