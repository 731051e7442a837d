package io.swarmpilot.predictor.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// A directory whose files callers name.
///
/// A name is a file in it, or a path of one; whatever leads out of it, by any spelling or link, is
/// refused before anything is opened.
public final class ConfinedDirectory {
  private static final int MAX_NAME_LENGTH = 512;

  /// Backslashes, control characters and percent escapes: no file needs them, and each is a way to
  /// write a path that another program reads differently.
  private static final Pattern SUSPICIOUS = Pattern.compile("[\\\\\\p{Cntrl}]|%[0-9A-Fa-f]{2}");

  private final Path directory;

  /// Confines to a directory, which may be absent yet.
  public ConfinedDirectory(Path directory) {
    this.directory = directory.toAbsolutePath().normalize();
  }

  /// The directory, absolute.
  public Path path() {
    return directory;
  }

  /// Whether it can be used.
  public boolean isUsable() {
    return Files.isDirectory(directory) && Files.isReadable(directory);
  }

  /// What a name spells.
  ///
  /// @throws UnavailableFile when it is not a name that may be given
  public static Path spelled(String name) throws UnavailableFile {
    boolean plain =
        !name.isBlank() && name.length() <= MAX_NAME_LENGTH && !SUSPICIOUS.matcher(name).find();
    if (!plain) {
      throw new UnavailableFile(UnavailableFile.Reason.REFUSED);
    }
    try {
      Path path = Path.of(name);
      for (Path element : path) {
        if (element.toString().equals("..")) {
          throw new UnavailableFile(UnavailableFile.Reason.REFUSED);
        }
      }
      return path;
    } catch (InvalidPathException e) {
      throw new UnavailableFile(UnavailableFile.Reason.REFUSED);
    }
  }

  /// The real path of a file.
  ///
  /// @param asked what [#spelled(String)] gave
  public Path resolve(Path asked) throws UnavailableFile {
    try {
      Path root = directory.toRealPath();
      if (asked.isAbsolute() && !asked.startsWith(directory) && !asked.startsWith(root)) {
        throw new UnavailableFile(UnavailableFile.Reason.ELSEWHERE);
      }
      Path real = root.resolve(asked).toRealPath();
      if (!real.startsWith(root)) {
        throw new UnavailableFile(UnavailableFile.Reason.REFUSED);
      }
      if (!Files.isRegularFile(real)) {
        throw new UnavailableFile(UnavailableFile.Reason.ABSENT);
      }
      return real;
    } catch (NoSuchFileException e) {
      throw new UnavailableFile(UnavailableFile.Reason.ABSENT);
    } catch (IOException e) {
      throw new UnavailableFile(UnavailableFile.Reason.UNREADABLE);
    }
  }
}
