package io.swarmpilot.predictor.file;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Writes files that are there as a whole or not at all, whatever ends the process, and that a loss
/// of power does not take back once written.
public final class AtomicFile {
  private static final String UNFINISHED = ".unfinished";

  private AtomicFile() {}

  /// Writes a file, in place of the one of that name if there is one.
  ///
  /// @throws IOException when it cannot be written; the file before is as it was
  public static void write(Path file, Content content) throws IOException {
    Path unfinished = file.resolveSibling("." + UUID.randomUUID() + UNFINISHED);
    try {
      try (FileChannel channel =
              FileChannel.open(
                  unfinished, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
          OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16)) {
        content.writeTo(out);
        out.flush();
        channel.force(true);
      }
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(unfinished);
    }
    force(file.toAbsolutePath().getParent());
  }

  /// Makes a directory, and those above it, to stay.
  public static void makeDirectory(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(directory);
      force(directory.toAbsolutePath().getParent());
    }
  }

  /// Removes what processes that ended in the middle of writing have left in a directory.
  public static void removeUnfinished(Path directory) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, ".*" + UNFINISHED)) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static void force(@Nullable Path directory) throws IOException {
    if (directory == null) {
      return;
    }
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /// What is to be in a file.
  @FunctionalInterface
  public interface Content {
    /// Writes it.
    void writeTo(OutputStream out) throws IOException;
  }
}
