package io.swarmpilot.benchmark.logs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Follows one log file from its beginning, line by line. Not safe for use by several threads.
///
/// The file may come later, be truncated, or be replaced by another: then it is read from its new
/// beginning, after the rest of the old one. A line counts once it ends; what has no end yet waits.
/// A line longer than [#MAX_LINE_BYTES] is passed on in pieces. A file that is truncated and grows
/// beyond where it was read between two looks is noticed if its first bytes differ.
public final class FileTail implements AutoCloseable {
  /// Bytes of a line that are passed on at once.
  public static final int MAX_LINE_BYTES = 1 << 20;

  private final Path file;
  private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private @Nullable FileChannel channel;
  private @Nullable Object key;
  private Head head = Head.EMPTY;
  private long position;
  private LogPlace start = LogPlace.BEGINNING;

  /// Follows from the beginning.
  public FileTail(Path file) {
    this.file = file;
  }

  /// Follows from where another one stopped, or from the beginning when it is another file by now.
  public static FileTail from(Path file, LogPlace place) {
    FileTail tail = new FileTail(file);
    tail.start = place;
    return tail;
  }

  /// Behind the last line that was passed on.
  public LogPlace place() {
    return channel == null && position == 0 ? start : new LogPlace(position - line.size(), head);
  }

  /// Passes on the lines that have come since the last look.
  ///
  /// @throws IOException when the file cannot be read; the next look tries again
  public void poll(Consumer<String> lines) throws IOException {
    if (channel == null && !open()) {
      return;
    }
    FileChannel current = Objects.requireNonNull(channel);
    if (isTruncated(current)) {
      restart(lines);
    }
    read(current, lines);
    if (isReplaced()) {
      // The old one was just read to its end, under its old name.
      endLine(lines);
      close();
      poll(lines);
    }
  }

  /// Passes on what is left, an unfinished line included, and ends.
  ///
  /// @throws IOException when the file cannot be read
  public void finish(Consumer<String> lines) throws IOException {
    try (this) {
      poll(lines);
      endLine(lines);
    }
  }

  private boolean open() throws IOException {
    try {
      channel = FileChannel.open(file, StandardOpenOption.READ);
      key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
      head = start.head();
      position = start.offset();
      start = LogPlace.BEGINNING;
      return true;
    } catch (NoSuchFileException e) {
      close();
      return false;
    }
  }

  private boolean isTruncated(FileChannel current) throws IOException {
    return current.size() < position || !head.equals(Head.of(current, head.length()));
  }

  private boolean isReplaced() throws IOException {
    try {
      Object now = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
      return key != null && now != null && !key.equals(now);
    } catch (NoSuchFileException e) {
      // Moved away; the one that replaces it may still come.
      return false;
    }
  }

  private void restart(Consumer<String> lines) {
    endLine(lines);
    position = 0;
    head = Head.EMPTY;
  }

  private void read(FileChannel current, Consumer<String> lines) throws IOException {
    for (int count = fill(current); count > 0; count = fill(current)) {
      position += count;
      buffer.flip();
      while (buffer.hasRemaining()) {
        accept(buffer.get(), lines);
      }
    }
    if (head.length() < Head.MAX_BYTES) {
      head = Head.of(current, (int) Math.min(Head.MAX_BYTES, position));
    }
  }

  private int fill(FileChannel current) throws IOException {
    return current.read(buffer.clear(), position);
  }

  private void accept(byte next, Consumer<String> lines) {
    if (next == '\n') {
      emit(lines);
    } else {
      line.write(next);
      if (line.size() >= MAX_LINE_BYTES) {
        emit(lines);
      }
    }
  }

  private void endLine(Consumer<String> lines) {
    if (line.size() > 0) {
      emit(lines);
    }
  }

  private void emit(Consumer<String> lines) {
    String text = line.toString(StandardCharsets.UTF_8);
    line.reset();
    lines.accept(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
  }

  @Override
  public void close() throws IOException {
    FileChannel open = channel;
    channel = null;
    if (open != null) {
      open.close();
    }
  }
}
