package io.swarmpilot.predictor.table;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.google.common.io.ByteStreams;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads the file of a table, whatever its format: the content tells gzip, JSON and CSV apart.
final class TableReader {
  private static final Logger log = LoggerFactory.getLogger(TableReader.class);
  private static final int PEEK = 64;
  private static final int GZIP_MAGIC = 0x1f8b;

  private final TableLimits limits;

  TableReader(TableLimits limits) {
    this.limits = limits;
  }

  /// The table in a file.
  ///
  /// @throws TableException naming the file and what is wrong with it
  LookupTable read(Path file) throws TableException {
    String name = String.valueOf(file.getFileName());
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(file));
        InputStream content = bounded(raw)) {
      RecordSink sink = new RecordSink(limits.records());
      if (startsArray(content)) {
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

  private InputStream bounded(InputStream raw) throws IOException {
    raw.mark(2);
    int magic = raw.read() << 8 | raw.read();
    raw.reset();
    InputStream plain = magic == GZIP_MAGIC ? new GZIPInputStream(raw) : raw;
    return new BufferedInputStream(new BoundedStream(plain, limits.bytes()));
  }

  /// Whether the first thing in a text is a bracket; leaves the stream there.
  private static boolean startsArray(InputStream content) throws IOException {
    content.mark(PEEK);
    byte[] head = new byte[PEEK];
    int length = ByteStreams.read(content, head, 0, PEEK);
    content.reset();
    for (int i = 0; i < length; i++) {
      // Skips white space and a byte order mark.
      if (head[i] > ' ') {
        return head[i] == '[' || head[i] == '{';
      }
    }
    return false;
  }
}
