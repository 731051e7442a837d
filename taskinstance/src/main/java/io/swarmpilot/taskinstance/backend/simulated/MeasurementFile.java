package io.swarmpilot.taskinstance.backend.simulated;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.swarmpilot.runtime.json.JsonValues;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/// Reads the records of a file: a JSON array of objects, or CSV with a header; gzipped or not.
final class MeasurementFile {
  private static final int MAX_RECORDS = 1_000_000;
  private static final long MAX_BYTES = 64 << 20;
  private static final int GZIP = 0x1f;
  private static final JsonMapper JSON = JsonMapper.builder(JsonValues.FACTORY).build();
  private static final CsvMapper CSV = new CsvMapper();

  private MeasurementFile() {}

  /// The records; of CSV with every member a string.
  ///
  /// @throws IOException saying what is wrong, without a word of the content
  static List<JsonNode> read(Path file) throws IOException {
    if (Files.size(file) > MAX_BYTES) {
      throw new IOException("it has more than " + MAX_BYTES + " bytes");
    }
    try (BufferedInputStream raw = new BufferedInputStream(Files.newInputStream(file));
        BufferedInputStream content = new BufferedInputStream(plain(raw))) {
      return first(content) == '[' ? array(content) : table(content);
    }
  }

  private static InputStream plain(BufferedInputStream raw) throws IOException {
    raw.mark(1);
    int first = raw.read();
    raw.reset();
    return first == GZIP ? new GZIPInputStream(raw) : raw;
  }

  private static int first(BufferedInputStream content) throws IOException {
    content.mark(1);
    int first = content.read();
    content.reset();
    return first;
  }

  private static List<JsonNode> array(InputStream content) throws IOException {
    try (MappingIterator<ObjectNode> objects =
        JSON.readerFor(ObjectNode.class).readValues(content)) {
      return collect(objects);
    } catch (JsonProcessingException e) {
      throw new IOException("it is no JSON array of objects", e);
    }
  }

  private static List<JsonNode> table(InputStream content) throws IOException {
    try (MappingIterator<Map<String, String>> rows =
        CSV.readerForMapOf(String.class)
            .with(CsvSchema.emptySchema().withHeader())
            .readValues(content)) {
      List<JsonNode> records = new ArrayList<>();
      while (rows.hasNextValue()) {
        bound(records);
        records.add(JSON.valueToTree(rows.nextValue()));
      }
      return records;
    } catch (JsonProcessingException e) {
      throw new IOException("it is no CSV with a header", e);
    }
  }

  private static List<JsonNode> collect(MappingIterator<ObjectNode> objects) throws IOException {
    List<JsonNode> records = new ArrayList<>();
    while (objects.hasNextValue()) {
      bound(records);
      records.add(objects.nextValue());
    }
    return records;
  }

  private static void bound(List<JsonNode> records) throws IOException {
    if (records.size() == MAX_RECORDS) {
      throw new IOException("it has more than " + MAX_RECORDS + " records");
    }
  }
}
