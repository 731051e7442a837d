package io.swarmpilot.predictor.trace;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/// Hands the rows of a list on, counts them, and notes what is wrong with them.
final class Rows {
  private final String path;
  private final RowSink sink;
  private final Faults faults;
  private int count;

  /// @param path path of the list; its rows are called `path[0]` and so on
  Rows(String path, RowSink sink, Faults faults) {
    this.path = path;
    this.sink = sink;
    this.faults = faults;
  }

  /// Reads the JSON array that a parser has just entered; leaves the parser at its end, or anywhere
  /// in it when there are faults enough.
  void readArray(JsonParser json) throws IOException, TraceException {
    while (json.nextToken() != JsonToken.END_ARRAY && !faults.isFull()) {
      readObject(json);
    }
  }

  /// Reads JSON objects, one after the other, to the end.
  void readSequence(JsonParser json) throws IOException, TraceException {
    do {
      readObject(json);
    } while (!faults.isFull() && json.nextToken() != null);
  }

  private void readObject(JsonParser json) throws IOException, TraceException {
    boolean nested = json.currentToken().isStructStart();
    int depth = json.getParsingContext().getNestingDepth();
    take(row -> TraceReader.readHere(json, row));
    // A row that was broken off in the middle is passed over to its end.
    while (nested && json.getParsingContext().getNestingDepth() >= depth) {
      json.nextToken();
    }
  }

  /// Takes the row that `reading` returns.
  ///
  /// @throws TraceException when there are too many rows
  void take(RowReading reading) throws IOException, TraceException {
    if (count == SampleLimits.ROWS) {
      throw new TraceException(path, "must have at most " + SampleLimits.ROWS + " rows");
    }
    String row = path + "[" + count + "]";
    count++;
    try {
      sink.take(reading.read(row), row);
    } catch (TraceException e) {
      faults.add(e);
    }
  }

  /// Reads a row.
  @FunctionalInterface
  interface RowReading {
    /// The row.
    ///
    /// @param path path of it
    Trace read(String path) throws IOException, TraceException;
  }
}
