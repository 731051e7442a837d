package io.swarmpilot.predictor.table;

import io.swarmpilot.predictor.file.ConfinedDirectory;
import io.swarmpilot.predictor.file.UnavailableFile;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// The one directory that lookup tables are taken from.
///
/// The one file that may lie elsewhere is the default table.
final class TableDirectory {
  private static final String REFUSED =
      "Lookup table not allowed: give the name of a file in the table directory";
  private static final int MAX_LISTED = 1_024;

  private static final Pattern TABLE_NAME = Pattern.compile(".+\\.(json|csv)(\\.gz)?");

  private final ConfinedDirectory directory;
  private final Optional<Path> defaultTable;

  TableDirectory(Path directory, Optional<Path> defaultTable) {
    this.directory = new ConfinedDirectory(directory);
    this.defaultTable = defaultTable.map(path -> locate(this.directory.path(), path));
  }

  /// A default table is any path of the machine, or else the name of a file in the directory.
  private static Path locate(Path directory, Path table) {
    Path absolute = table.toAbsolutePath().normalize();
    return Files.exists(absolute) ? absolute : directory.resolve(table).normalize();
  }

  /// The directory, absolute.
  Path path() {
    return directory.path();
  }

  /// Whether the directory can be used.
  boolean isUsable() {
    return directory.isUsable();
  }

  /// The real path of the default table, if one is configured and exists.
  Optional<Path> defaultTable() {
    return defaultTable.filter(Files::isRegularFile).map(TableDirectory::real);
  }

  /// The real path of the table of this name.
  ///
  /// @throws TableException when the name is not allowed, or there is no such file
  Path resolve(String name) throws TableException {
    try {
      Path asked = ConfinedDirectory.spelled(name);
      try {
        return directory.resolve(asked);
      } catch (UnavailableFile e) {
        return defaultInPlaceOf(asked, e);
      }
    } catch (UnavailableFile e) {
      throw new TableException(
          switch (e.reason()) {
            case REFUSED, ELSEWHERE -> REFUSED;
            case ABSENT -> "Lookup table not found: " + name;
            case UNREADABLE -> "Lookup table " + name + " cannot be opened";
          });
    }
  }

  /// The default table, if a name that is not in the directory means it.
  private Path defaultInPlaceOf(Path asked, UnavailableFile failure) throws UnavailableFile {
    boolean mayLieElsewhere =
        failure.reason() == UnavailableFile.Reason.ELSEWHERE
            || failure.reason() == UnavailableFile.Reason.ABSENT;
    return defaultTable
        .filter(table -> mayLieElsewhere && names(asked, table))
        .flatMap(table -> defaultTable())
        .orElseThrow(() -> failure);
  }

  /// Whether a name means the default table: its path or its file name.
  private static boolean names(Path asked, Path table) {
    return asked.equals(table) || asked.equals(table.getFileName());
  }

  /// The real paths of the tables that lie in the directory itself, at most 1,024, and of the
  /// default table; in order.
  NavigableSet<Path> list() {
    NavigableSet<Path> tables = new TreeSet<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory.path(), this::isTable)) {
      for (Path file : files) {
        if (tables.size() == MAX_LISTED) {
          break;
        }
        tables.add(real(file));
      }
    } catch (IOException | DirectoryIteratorException e) {
      // A directory that cannot be read offers no tables; health says that it is unusable.
      tables.clear();
    }
    defaultTable().ifPresent(tables::add);
    return tables;
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      // It has just gone; whoever opens it will find out.
      return path;
    }
  }

  private boolean isTable(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    return TABLE_NAME.matcher(name).matches()
        && Files.isRegularFile(file)
        && real(file).startsWith(real(directory.path()));
  }
}
