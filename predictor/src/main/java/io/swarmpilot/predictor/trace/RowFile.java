package io.swarmpilot.predictor.trace;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.swarmpilot.predictor.file.PlainContent;
import io.swarmpilot.predictor.file.TooLarge;
import io.swarmpilot.runtime.json.JsonValues;
import java.io.IOException;
import java.io.InputStream;

/// Reads a file of traces: a JSON array, JSON lines or CSV with a header, any of them gzipped. The
/// content tells which. Rows are handed on as they are read.
public final class RowFile {
  private RowFile() {}

  /// Reads to the end, or until there are faults enough.
  ///
  /// @param path what to call the file; its rows are called `path[0]` and so on
  /// @param faults takes what is wrong with rows
  /// @throws TraceException when the file as a whole cannot be read
  public static void read(InputStream file, String path, RowSink sink, Faults faults)
      throws TraceException {
    Rows rows = new Rows(path, sink, faults);
    try (InputStream content = PlainContent.of(file, SampleLimits.PLAIN_BYTES)) {
      switch (PlainContent.first(content)) {
        case 0 -> throw new TraceException(path, "is empty");
        case '[', '{' -> readJson(content, path, rows, faults);
        default -> CsvRows.read(content, path, rows, faults);
      }
    } catch (TooLarge e) {
      throw new TraceException(
          path, "must have at most " + (SampleLimits.PLAIN_BYTES >> 20) + " MiB when decompressed");
    } catch (JsonProcessingException e) {
      throw new TraceException(path, "is malformed at line " + line(e));
    } catch (IOException e) {
      throw new TraceException(path, "is damaged");
    }
  }

  /// Reads the JSON array that a parser has just entered, to its end, or until there are faults
  /// enough.
  ///
  /// @param path path of the array
  /// @throws TraceException when there are too many rows
  public static void readArray(JsonParser json, String path, RowSink sink, Faults faults)
      throws IOException, TraceException {
    new Rows(path, sink, faults).readArray(json);
  }

  private static void readJson(InputStream content, String path, Rows rows, Faults faults)
      throws IOException, TraceException {
    try (JsonParser json = JsonValues.FACTORY.createParser(content)) {
      // Python writes NaN and Infinity: better to name the row than to call the file malformed.
      json.enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS.mappedFeature());
      if (json.nextToken() != JsonToken.START_ARRAY) {
        rows.readSequence(json);
        return;
      }
      rows.readArray(json);
      if (!faults.isFull() && json.nextToken() != null) {
        throw new TraceException(path, "has something after the array of rows");
      }
    }
  }

  private static int line(JsonProcessingException e) {
    return e.getLocation() == null ? 1 : e.getLocation().getLineNr();
  }
}
