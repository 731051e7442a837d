package io.swarmpilot.predictor.table;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// The one directory that lookup tables are taken from.
///
/// A name is a file in it, or a path of one; whatever leads out of it, by any spelling or link, is
/// refused before anything is opened. The one file that may lie elsewhere is the default table.
final class TableDirectory {
  private static final String REFUSED =
      "Lookup table not allowed: give the name of a file in the table directory";
  private static final int MAX_NAME_LENGTH = 512;
  private static final int MAX_LISTED = 1_024;

  /// Backslashes, control characters and percent escapes: no table needs them, and each is a way to
  /// write a path that another program reads differently.
  private static final Pattern SUSPICIOUS = Pattern.compile("[\\\\\\p{Cntrl}]|%[0-9A-Fa-f]{2}");

  private static final Pattern TABLE_NAME = Pattern.compile(".+\\.(json|csv)(\\.gz)?");

  private final Path directory;
  private final Optional<Path> defaultTable;

  TableDirectory(Path directory, Optional<Path> defaultTable) {
    this.directory = directory.toAbsolutePath().normalize();
    this.defaultTable = defaultTable.map(path -> locate(this.directory, path));
  }

  /// A default table is any path of the machine, or else the name of a file in the directory.
  private static Path locate(Path directory, Path table) {
    Path absolute = table.toAbsolutePath().normalize();
    return Files.exists(absolute) ? absolute : directory.resolve(table).normalize();
  }

  /// Whether the directory can be used.
  boolean isUsable() {
    return Files.isDirectory(directory) && Files.isReadable(directory);
  }

  /// The real path of the default table, if one is configured and exists.
  Optional<Path> defaultTable() {
    return defaultTable.filter(Files::isRegularFile).map(TableDirectory::real);
  }

  /// The real path of the table of this name.
  ///
  /// @throws TableException when the name is not allowed, or there is no such file
  Path resolve(String name) throws TableException {
    Path asked = path(name);
    Optional<Path> named =
        defaultTable.filter(table -> names(asked, table)).flatMap(t -> defaultTable());
    try {
      Path root = directory.toRealPath();
      Path inside = root.resolve(asked);
      if (asked.isAbsolute() && !asked.startsWith(directory) && !asked.startsWith(root)) {
        return named.orElseThrow(() -> new TableException(REFUSED));
      }
      Path real = inside.toRealPath();
      if (!real.startsWith(root)) {
        throw new TableException(REFUSED);
      }
      if (!Files.isRegularFile(real)) {
        throw notFound(name);
      }
      return real;
    } catch (NoSuchFileException e) {
      return named.orElseThrow(() -> notFound(name));
    } catch (IOException e) {
      throw new TableException("Lookup table " + name + " cannot be opened");
    }
  }

  /// Whether a name means the default table: its path or its file name.
  private static boolean names(Path asked, Path table) {
    return asked.equals(table) || asked.equals(table.getFileName());
  }

  private static TableException notFound(String name) {
    return new TableException("Lookup table not found: " + name);
  }

  private static Path path(String name) throws TableException {
    boolean plain =
        !name.isBlank() && name.length() <= MAX_NAME_LENGTH && !SUSPICIOUS.matcher(name).find();
    if (!plain) {
      throw new TableException(REFUSED);
    }
    try {
      Path path = Path.of(name);
      for (Path element : path) {
        if (element.toString().equals("..")) {
          throw new TableException(REFUSED);
        }
      }
      return path;
    } catch (InvalidPathException e) {
      throw new TableException(REFUSED);
    }
  }

  /// The real paths of the tables that lie in the directory itself, at most 1,024, and of the
  /// default table; in order.
  NavigableSet<Path> list() {
    NavigableSet<Path> tables = new TreeSet<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, this::isTable)) {
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
        && real(file).startsWith(real(directory));
  }
}
