package io.swarmpilot.taskinstance.backend.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Where programs are on this machine.
final class Programs {
  private Programs() {}

  /// The file of a program: itself when it is given with a folder, else the first of that name in
  /// the folders of PATH. Empty when there is none that may be run.
  static Optional<Path> find(String program) {
    return find(program, Optional.ofNullable(System.getenv("PATH")).orElse(""));
  }

  static Optional<Path> find(String program, String path) {
    try {
      if (program.contains("/") || program.contains(File.separator)) {
        return Optional.of(Path.of(program)).filter(Programs::isRunnable);
      }
      return Stream.of(path.split(Pattern.quote(File.pathSeparator)))
          .filter(folder -> !folder.isEmpty())
          .map(folder -> Path.of(folder, program))
          .filter(Programs::isRunnable)
          .findFirst();
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static boolean isRunnable(Path file) {
    return Files.isRegularFile(file) && Files.isExecutable(file);
  }
}
