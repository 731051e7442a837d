package io.swarmpilot.predictor.history;

import io.swarmpilot.predictor.model.ModelIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The executions of one identity: a directory of segments, the oldest of which go. Not
/// thread-safe.
final class KeyHistory {
  /// Executions that are kept, at least while there is room.
  static final int WINDOW = 20_000;

  /// Executions in a segment; a tenth of the window, so that little more than it is kept.
  static final int SEGMENT = 2_000;

  private static final Logger log = LoggerFactory.getLogger(KeyHistory.class);
  private static final String SUFFIX = ".log";

  private final ModelIdentity identity;
  private final Path directory;
  private final Deque<Segment> segments = new ArrayDeque<>();
  private int lastNumber;

  /// Opens what is there.
  KeyHistory(ModelIdentity identity, Path directory) throws IOException {
    this.identity = identity;
    this.directory = directory;
    for (Path file : files(directory)) {
      Optional<Segment> segment = Segment.open(file, identity);
      segment.ifPresent(segments::add);
      lastNumber = Math.max(lastNumber, number(file));
      if (segment.isEmpty()) {
        log.warn("{} is damaged, or of another version: it is left alone", file);
      }
    }
  }

  /// What a directory of segments is of, as its first readable one says.
  static Optional<ModelIdentity> identity(Path directory) throws IOException {
    for (Path file : files(directory)) {
      Optional<ModelIdentity> found = Segment.read(file, execution -> {}).identity();
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static List<Path> files(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> found = Files.list(directory)) {
      return found.filter(file -> number(file) > 0).sorted().toList();
    }
  }

  /// The number in the name of a segment; 0 when it is no segment.
  private static int number(Path file) {
    String name = file.getFileName().toString();
    return name.matches("\\d{8}\\.log")
        ? Integer.parseInt(name.substring(0, name.length() - SUFFIX.length()))
        : 0;
  }

  /// Appends records, all or none of each segment's share.
  void append(List<byte[]> records) throws IOException {
    List<byte[]> left = records;
    while (!left.isEmpty()) {
      Segment current = current();
      int share = Math.min(left.size(), SEGMENT - current.count());
      current.append(left.subList(0, share));
      left = left.subList(share, left.size());
    }
    while (count() - segments.getFirst().count() >= WINDOW) {
      dropOldest();
    }
  }

  private Segment current() throws IOException {
    if (segments.isEmpty() || segments.getLast().count() >= SEGMENT) {
      Files.createDirectories(directory);
      String name = String.format(Locale.ROOT, "%08d%s", lastNumber + 1, SUFFIX);
      segments.add(Segment.create(directory.resolve(name), identity));
      lastNumber++;
    }
    return segments.getLast();
  }

  /// The last executions, oldest first.
  ///
  /// @param most how many at most
  List<PastExecution> read(int most) throws IOException {
    int left = count();
    List<PastExecution> executions = new ArrayList<>(Math.min(left, most + SEGMENT));
    for (Segment segment : segments) {
      left -= segment.count();
      if (left < most) {
        Segment.read(segment.file(), executions::add);
      }
    }
    return executions.subList(Math.max(0, executions.size() - most), executions.size());
  }

  /// Deletes the oldest segment, if there is one.
  void dropOldest() throws IOException {
    if (!segments.isEmpty()) {
      Files.deleteIfExists(segments.getFirst().file());
      segments.removeFirst();
    }
  }

  /// Executions kept.
  int count() {
    return segments.stream().mapToInt(Segment::count).sum();
  }

  /// Bytes on disk.
  long bytes() {
    return segments.stream().mapToLong(Segment::bytes).sum();
  }
}
