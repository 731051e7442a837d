package io.swarmpilot.benchmark.monitor;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;

/// Readings as CSV, each row whole in the file before the next is taken.
final class ReadingFile implements AutoCloseable {
  private final Columns columns;
  private final ZoneId zone;
  private final BufferedWriter writer;

  private ReadingFile(Columns columns, ZoneId zone, BufferedWriter writer) {
    this.columns = columns;
    this.zone = zone;
    this.writer = writer;
  }

  /// Starts the file anew.
  ///
  /// @throws IOException when it cannot be written
  static ReadingFile create(Path file, Columns columns, ZoneId zone) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    if (directory != null) {
      Files.createDirectories(directory);
    }
    ReadingFile created = new ReadingFile(columns, zone, Files.newBufferedWriter(file));
    created.line(columns.header());
    return created;
  }

  void append(Reading reading) {
    line(columns.row(reading, zone));
  }

  private void line(String text) {
    try {
      writer.write(text);
      writer.write('\n');
      writer.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      writer.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
