package io.swarmpilot.benchmark.simulate.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.google.common.collect.ImmutableMap;
import io.swarmpilot.benchmark.simulate.measure.Row;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/// Rows as JSON: `{"rows": [{"policy": …, "load": …, …}], "setup": {…}, "notes": […]}`. What is not
/// known is `null`.
public final class JsonReport {
  private static final double SCALE = 1e6;

  private JsonReport() {}

  /// The text.
  ///
  /// @param setup what was run, by name
  /// @param notes what is to be said about it
  public static String of(List<Row> rows, ImmutableMap<String, String> setup, List<String> notes) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.writeStartObject();
      json.writeArrayFieldStart("rows");
      for (Row row : rows) {
        write(json, row);
      }
      json.writeEndArray();
      json.writeObjectFieldStart("setup");
      for (Map.Entry<String, String> entry : setup.entrySet()) {
        json.writeStringField(entry.getKey(), entry.getValue());
      }
      json.writeEndObject();
      json.writeArrayFieldStart("notes");
      for (String note : notes) {
        json.writeString(note);
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void write(JsonGenerator json, Row row) throws IOException {
    json.writeStartObject();
    json.writeStringField("policy", row.policy());
    json.writeNumberField("load", row.load());
    for (Columns column : Columns.values()) {
      double figure = column.of(row);
      if (Double.isFinite(figure)) {
        json.writeNumberField(column.json(), Math.rint(figure * SCALE) / SCALE);
      } else {
        json.writeNullField(column.json());
      }
    }
    json.writeBooleanField("reference", row.reference());
    json.writeEndObject();
  }
}
