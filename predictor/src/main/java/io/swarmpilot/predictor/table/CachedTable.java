package io.swarmpilot.predictor.table;

import io.swarmpilot.predictor.model.ModelCount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One table, read when it is first asked for and again when its file has changed.
///
/// A change that cannot be read leaves the old content in place, so that writing a table while it
/// is served disturbs nobody.
final class CachedTable {
  private static final Logger log = LoggerFactory.getLogger(CachedTable.class);

  private final Path file;
  private final TableReader reader;
  private final Consumer<CachedTable> onRead;
  private @Nullable Stamp stamp;
  private List<ModelCount> models = List.of();
  private String failure = "";
  private volatile @Nullable LookupTable table;

  /// A table that has not been read yet.
  ///
  /// @param onRead told whenever content has been read; must not wait for another table
  CachedTable(Path file, TableReader reader, Consumer<CachedTable> onRead) {
    this.file = file;
    this.reader = reader;
    this.onRead = onRead;
  }

  /// The content as the file has it now.
  synchronized LookupTable content() throws TableException {
    Stamp now = Stamp.of(file);
    LookupTable held = table;
    if (!now.equals(stamp) || (held == null && failure.isEmpty())) {
      // Taken before reading: a file written meanwhile is read once more.
      stamp = now;
      held = read(held);
    }
    if (held == null) {
      throw new TableException(failure);
    }
    return held;
  }

  /// What the file holds now, without keeping the content in memory for it.
  synchronized List<ModelCount> models() throws TableException {
    if (!Stamp.of(file).equals(stamp)) {
      content();
    }
    return models;
  }

  /// Records held in memory.
  int records() {
    LookupTable held = table;
    return held == null ? 0 : held.size();
  }

  /// Gives the memory of the content back; it is read again when it is asked for.
  void forget() {
    table = null;
  }

  private @Nullable LookupTable read(@Nullable LookupTable old) {
    try {
      LookupTable read = reader.read(file);
      table = read;
      models = read.models();
      failure = "";
      log.info("lookup table {}: {} records", file.getFileName(), read.size());
      onRead.accept(this);
      return read;
    } catch (TableException e) {
      failure = e.message();
      log.warn("{}{}", failure, old == null ? "" : "; its old content stays in use");
      return old;
    }
  }

  /// Tells two versions of a file apart.
  private record Stamp(FileTime modified, long size, String key) {
    static Stamp of(Path file) throws TableException {
      try {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return new Stamp(
            attributes.lastModifiedTime(), attributes.size(), String.valueOf(attributes.fileKey()));
      } catch (IOException e) {
        throw new TableException("Lookup table not found: " + file.getFileName());
      }
    }
  }
}
