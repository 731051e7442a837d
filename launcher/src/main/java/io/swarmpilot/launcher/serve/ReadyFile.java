package io.swarmpilot.launcher.serve;

import io.swarmpilot.client.Json;
import io.swarmpilot.launcher.settings.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The file that tells programs that, and where, all is serving.
final class ReadyFile {
  private final @Nullable Path file;

  private ReadyFile(@Nullable Path file) {
    this.file = file;
  }

  /// The file at a path, if one is given. One left by an earlier run is deleted: it would tell a
  /// lie until this run is ready.
  static ReadyFile at(@Nullable Path file) {
    try {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new CommandFailure(
          "--ready-file " + file + " cannot be replaced: " + e.getMessage(), e);
    }
    return new ReadyFile(file);
  }

  /// Writes the file at once or not at all.
  void write(Map<String, Object> urls) {
    if (file == null) {
      return;
    }
    Path target = file.toAbsolutePath();
    Path parent = target.getParent();
    try {
      if (parent != null) {
        Files.createDirectories(parent);
      }
      Path half = target.resolveSibling(target.getFileName() + ".tmp");
      Files.writeString(half, Json.of(urls) + "\n");
      Files.move(half, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new CommandFailure("--ready-file " + file + " cannot be written: " + e.getMessage(), e);
    }
  }
}
