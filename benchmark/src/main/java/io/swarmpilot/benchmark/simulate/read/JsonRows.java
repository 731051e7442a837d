package io.swarmpilot.benchmark.simulate.read;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.common.primitives.ImmutableLongArray;
import io.swarmpilot.benchmark.simulate.trace.TraceColumns;
import io.swarmpilot.benchmark.simulate.trace.TraceException;
import java.io.IOException;

/// Rows that are JSON objects, as in Mooncake's traces: `timestamp` (ms), `input_length`,
/// `output_length`, and `hash_ids`, the blocks of 512 tokens that the input begins with, each id
/// standing for all before it as well. Other members are passed over.
final class JsonRows implements TraceReader.Rows {
  private static final long NANOS_A_MS = 1_000_000;
  private static final long LATEST_MS = 9_000_000_000_000L;
  private static final long MISSING = Long.MIN_VALUE;

  private final JsonFactory json = new JsonFactory();
  private final String file;
  private long time;
  private long input;
  private long output;
  private ImmutableLongArray blocks = ImmutableLongArray.of();

  JsonRows(String file) {
    this.file = file;
  }

  @Override
  public void read(long row, String line, TraceColumns into) {
    time = MISSING;
    input = MISSING;
    output = MISSING;
    blocks = ImmutableLongArray.of();
    try (JsonParser parser = json.createParser(line)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw TraceException.at(file, row, "it is no JSON object");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        member(row, parser, parser.currentName());
      }
    } catch (IOException e) {
      throw TraceException.at(file, row, "it is no valid JSON");
    }
    into.add(
        row,
        NANOS_A_MS * time(row),
        required(row, input, "input_length"),
        required(row, output, "output_length"),
        0,
        blocks);
  }

  @Override
  public boolean dated() {
    return false;
  }

  private void member(long row, JsonParser parser, String name) throws IOException {
    JsonToken token = parser.nextToken();
    switch (name) {
      case "timestamp" -> time = number(row, parser, token, name);
      case "input_length" -> input = number(row, parser, token, name);
      case "output_length" -> output = number(row, parser, token, name);
      case "hash_ids" -> blocks = ids(row, parser, token);
      default -> parser.skipChildren();
    }
  }

  private ImmutableLongArray ids(long row, JsonParser parser, JsonToken token) throws IOException {
    if (token != JsonToken.START_ARRAY) {
      throw TraceException.at(file, row, "hash_ids is no array");
    }
    ImmutableLongArray.Builder ids = ImmutableLongArray.builder();
    for (JsonToken id = parser.nextToken(); id != JsonToken.END_ARRAY; id = parser.nextToken()) {
      ids.add(number(row, parser, id, "hash_ids"));
    }
    return ids.build();
  }

  private long number(long row, JsonParser parser, JsonToken token, String name)
      throws IOException {
    if (token != null && token.isNumeric()) {
      double value = parser.getDoubleValue();
      if (value >= Long.MIN_VALUE / 2.0 && value <= Long.MAX_VALUE / 2.0) {
        return (long) value;
      }
    }
    throw TraceException.at(file, row, name + " is no number");
  }

  private long time(long row) {
    long ms = required(row, time, "timestamp");
    if (ms < 0) {
      throw TraceException.at(file, row, "it arrived at " + ms + " ms, which is negative");
    }
    if (ms > LATEST_MS) {
      throw TraceException.at(file, row, "it arrived at " + ms + " ms, which is centuries away");
    }
    return ms;
  }

  private long required(long row, long value, String name) {
    if (value == MISSING) {
      throw TraceException.at(file, row, "there is no " + name);
    }
    return value;
  }
}
