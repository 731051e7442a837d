package io.swarmpilot.predictor.table;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.swarmpilot.predictor.file.PlainContent;
import io.swarmpilot.predictor.file.TooLarge;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads the file of a table, whatever its format: the content tells gzip, JSON and CSV apart.
final class TableReader {
  private static final Logger log = LoggerFactory.getLogger(TableReader.class);

  private final TableLimits limits;

  TableReader(TableLimits limits) {
    this.limits = limits;
  }

  /// The table in a file.
  ///
  /// @throws TableException naming the file and what is wrong with it
  LookupTable read(Path file) throws TableException {
    String name = String.valueOf(file.getFileName());
    try (InputStream raw = Files.newInputStream(file);
        InputStream content = PlainContent.of(raw, limits.bytes())) {
      RecordSink sink = new RecordSink(limits.records());
      char first = PlainContent.first(content);
      if (first == '[' || first == '{') {
        JsonTable.read(content, sink);
      } else {
        CsvTable.read(content, sink);
      }
      LookupTable table = sink.table();
      if (table.skipped() > 0) {
        log.warn("lookup table {}: {} records passed over", name, table.skipped());
      }
      return table;
    } catch (TableException e) {
      throw unreadable(name, e.message());
    } catch (TooLarge e) {
      throw unreadable(name, "it has more than " + limits.bytes() + " bytes");
    } catch (JsonProcessingException e) {
      throw unreadable(name, "it is malformed" + at(e));
    } catch (IOException e) {
      throw unreadable(name, "it is damaged");
    }
  }

  private static TableException unreadable(String name, String reason) {
    return new TableException("Lookup table " + name + " cannot be read: " + reason);
  }

  private static String at(JsonProcessingException e) {
    return e.getLocation() == null ? "" : " at line " + e.getLocation().getLineNr();
  }
}
