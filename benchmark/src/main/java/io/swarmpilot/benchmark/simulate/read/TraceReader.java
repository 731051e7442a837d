package io.swarmpilot.benchmark.simulate.read;

import io.swarmpilot.benchmark.simulate.trace.Trace;
import io.swarmpilot.benchmark.simulate.trace.TraceColumns;
import io.swarmpilot.benchmark.simulate.trace.TraceException;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/// Reads a trace file row by row, plain or gzipped: CSV with a header (see [CsvRows]), or JSON
/// lines (see [JsonRows]).
public final class TraceReader {
  private static final int BUFFER = 1 << 16;
  private static final int GZIP = 0x1f;

  private TraceReader() {}

  /// The trace in a file.
  ///
  /// @throws TraceException when it cannot be read or a row of it makes no sense
  public static Trace read(Path path) {
    try (BufferedReader lines = open(path)) {
      return read(path.toString(), lines);
    } catch (IOException e) {
      throw new TraceException(path + ": cannot be read: " + reason(e), e);
    }
  }

  /// Opens a text file, unpacked if it is gzipped; bytes that are no text become replacement
  /// characters.
  ///
  /// @throws IOException when it cannot be opened
  static BufferedReader open(Path path) throws IOException {
    InputStream raw = new BufferedInputStream(Files.newInputStream(path), BUFFER);
    raw.mark(1);
    int first = raw.read();
    raw.reset();
    InputStream bytes = first == GZIP ? new GZIPInputStream(raw, BUFFER) : raw;
    return new BufferedReader(
        new InputStreamReader(
            bytes,
            StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE)),
        BUFFER);
  }

  /// Why a file cannot be read, in words.
  static String reason(IOException failure) {
    return failure instanceof NoSuchFileException
        ? "there is no such file"
        : String.valueOf(failure.getMessage());
  }

  private static Trace read(String file, BufferedReader lines) throws IOException {
    String first = lines.readLine();
    if (first == null) {
      throw new TraceException(file + ": it is empty");
    }
    Rows rows = first.stripLeading().startsWith("{") ? new JsonRows(file) : new CsvRows(file);
    TraceColumns columns = new TraceColumns(file);
    long row = 1;
    for (String line = first; line != null; line = lines.readLine()) {
      if (!line.isBlank()) {
        rows.read(row, line, columns);
      }
      row++;
    }
    return columns.build(rows.dated());
  }

  /// A form of rows.
  interface Rows {
    /// Reads a row.
    void read(long row, String line, TraceColumns into);

    /// Whether arrivals are dates.
    boolean dated();
  }
}
