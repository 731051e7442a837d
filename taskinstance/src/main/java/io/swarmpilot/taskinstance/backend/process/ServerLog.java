package io.swarmpilot.taskinstance.backend.process;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a server prints: the last lines in memory, and a file that is put aside as `….1` when it is
/// full, so that at most two are kept. A disk that takes nothing more does not stop the server.
/// Safe for use by several threads.
final class ServerLog implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ServerLog.class);
  private static final int LINES = 20;
  private static final int LINE_CHARACTERS = 500;

  private final Path file;
  private final long maxBytes;
  private final Deque<String> last = new ArrayDeque<>();
  private @Nullable OutputStream out;
  private long bytes;
  private boolean broken;

  /// A log in a file, behind what is in it already.
  ///
  /// @param maxBytes size from which the file is put aside
  ServerLog(Path file, long maxBytes) {
    this.file = file;
    this.maxBytes = maxBytes;
  }

  /// Adds a line.
  synchronized void add(String line) {
    last.addLast(line.length() > LINE_CHARACTERS ? line.substring(0, LINE_CHARACTERS) : line);
    if (last.size() > LINES) {
      last.removeFirst();
    }
    try {
      write((line + '\n').getBytes(StandardCharsets.UTF_8));
      broken = false;
    } catch (IOException e) {
      complainOnce(e);
    }
  }

  /// The last lines, oldest first, at most this many.
  synchronized List<String> last(int lines) {
    return last.stream().skip(Math.max(0, last.size() - lines)).toList();
  }

  /// Forgets the last lines; they belong to a server that ended.
  synchronized void startAnew() {
    last.clear();
  }

  @Override
  public synchronized void close() {
    OutputStream open = out;
    out = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        complainOnce(e);
      }
    }
  }

  private void write(byte[] line) throws IOException {
    OutputStream open = out == null ? open() : out;
    if (bytes > 0 && bytes + line.length > maxBytes) {
      close();
      Files.move(
          file,
          file.resolveSibling(file.getFileName() + ".1"),
          StandardCopyOption.REPLACE_EXISTING);
      open = open();
    }
    open.write(line);
    bytes += line.length;
  }

  private OutputStream open() throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    OutputStream opened =
        Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    bytes = Files.size(file);
    out = opened;
    return opened;
  }

  private void complainOnce(IOException e) {
    if (!broken) {
      log.warn("cannot write {}: {}", file, e.toString());
      broken = true;
    }
  }
}
