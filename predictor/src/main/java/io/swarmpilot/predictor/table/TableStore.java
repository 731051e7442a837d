package io.swarmpilot.predictor.table;

import com.google.common.collect.ImmutableSortedSet;
import io.swarmpilot.predictor.file.AtomicFile;
import io.swarmpilot.predictor.model.ModelCount;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// The lookup tables by name, within bounds of number and size. Thread-safe; reading a table makes
/// only those wait who ask for the same one.
public final class TableStore {
  private static final int MAX_KNOWN = 2_048;

  private final TableDirectory directory;
  private final TableReader reader;
  private final TableLimits limits;

  /// By real path, the least recently used first.
  private final LinkedHashMap<Path, CachedTable> tables = new LinkedHashMap<>(16, 0.75f, true);

  /// A store over a directory.
  ///
  /// @param directory where tables are taken from
  /// @param defaultTable table used when none is named, if any
  /// @param limits how much tables may take
  public TableStore(Path directory, Optional<Path> defaultTable, TableLimits limits) {
    this.directory = new TableDirectory(directory, defaultTable);
    this.reader = new TableReader(limits);
    this.limits = limits;
  }

  /// Whether the directory can be used.
  public boolean isUsable() {
    return directory.isUsable();
  }

  /// The table of this name.
  ///
  /// @throws TableException when the name is not allowed, or the table is absent or unreadable
  public LookupTable named(String name) throws TableException {
    return load(directory.resolve(name));
  }

  /// The default table.
  ///
  /// @throws TableException when there is none, or it is unreadable
  public LookupTable byDefault() throws TableException {
    Path file =
        directory
            .defaultTable()
            .orElseThrow(() ->
                new TableException(
                    "No default lookup table is loaded: name one in lookup_table_name"));
    return load(file);
  }

  /// The default table, if there is one that can be read.
  public Optional<LookupTable> defaultIfLoaded() {
    try {
      return directory.defaultTable().isEmpty() ? Optional.empty() : Optional.of(byDefault());
    } catch (TableException e) {
      // Said in the log when it was read; predictions go on from other sources.
      return Optional.empty();
    }
  }

  /// What all readable tables of the directory and the default table hold.
  public List<ModelCount> models() {
    List<ModelCount> models = new ArrayList<>();
    for (Path file : directory.list()) {
      try {
        models.addAll(cached(file).models());
      } catch (TableException unreadable) {
        // It offers nothing; the log said so when it was read.
      }
    }
    return models;
  }

  /// Makes a table, in place of the one of that name if there is one.
  ///
  /// @param name name of its file
  /// @return its path, which names it as well
  /// @throws TableException when it cannot be made
  public Path make(String name, NewTable table, TaskPredictor predictor) throws TableException {
    TableWriter writer = new TableWriter(table.identity(), table.tasks(), table.confidenceLevel());
    Path file = directory.path().resolve(name);
    AtomicFile.Content content;
    if (table.csv()) {
      ImmutableSortedSet<String> features = writer.csvFeatures();
      content = out -> writer.writeCsv(features, predictor, out);
    } else {
      content = out -> writer.writeJson(predictor, out);
    }
    try {
      AtomicFile.makeDirectory(directory.path());
      AtomicFile.write(file, content);
      return file;
    } catch (IOException e) {
      throw new TableException("Lookup table " + name + " cannot be written: " + e.getMessage());
    }
  }

  private LookupTable load(Path file) throws TableException {
    return cached(file).content();
  }

  private CachedTable cached(Path file) {
    synchronized (tables) {
      CachedTable table =
          tables.computeIfAbsent(file, f -> new CachedTable(f, reader, this::keepWithinLimits));
      if (tables.size() > MAX_KNOWN) {
        tables.pollFirstEntry();
      }
      return table;
    }
  }

  /// Forgets the least recently used of the other tables until the limits hold.
  private void keepWithinLimits(CachedTable inUse) {
    List<CachedTable> known;
    synchronized (tables) {
      known = List.copyOf(tables.sequencedValues().reversed());
    }
    int held = 0;
    long records = 0;
    for (CachedTable table : known) {
      if (table == inUse || table.records() == 0) {
        continue;
      }
      held++;
      records += table.records();
      if (held >= limits.tables() || records + inUse.records() > limits.records()) {
        table.forget();
      }
    }
  }
}
