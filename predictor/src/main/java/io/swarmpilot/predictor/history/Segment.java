package io.swarmpilot.predictor.history;

import com.google.common.hash.Hashing;
import io.swarmpilot.predictor.model.ModelIdentity;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// A file of executions that only grows: eight bytes that say what it is, then records, each as its
/// length, its CRC-32C (four bytes each, big-endian) and its bytes. The first record is the
/// identity that the others are of. What follows the last whole record was being written when the
/// process ended.
final class Segment {
  /// Longest record.
  static final int MAX_RECORD = 64 << 10;

  private static final byte[] MAGIC = "SPEXEC01".getBytes(StandardCharsets.US_ASCII);
  private static final int FRAME = 2 * Integer.BYTES;

  private final Path file;
  private int count;
  private long bytes;

  private Segment(Path file, int count, long bytes) {
    this.file = file;
    this.count = count;
    this.bytes = bytes;
  }

  /// Starts a file.
  static Segment create(Path file, ModelIdentity identity) throws IOException {
    byte[] head = RecordFormat.bytes(identity);
    ByteBuffer start = ByteBuffer.allocate(MAGIC.length + FRAME + head.length).put(MAGIC);
    put(start, head);
    Files.write(file, start.array());
    return new Segment(file, 0, start.capacity());
  }

  /// Opens a file that an earlier process left; cuts off what it had not finished writing. Empty
  /// when not even the identity is whole, or it is of another identity.
  static Optional<Segment> open(Path file, ModelIdentity identity) throws IOException {
    Contents contents = read(file, execution -> {});
    if (contents.identity().filter(identity::equals).isEmpty()) {
      return Optional.empty();
    }
    if (Files.size(file) > contents.bytes()) {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.truncate(contents.bytes());
      }
    }
    return Optional.of(new Segment(file, contents.count(), contents.bytes()));
  }

  /// What a file holds.
  ///
  /// @param identity what the executions are of, if it is whole
  /// @param count how many whole ones there are
  /// @param bytes up to the end of the last of them
  record Contents(Optional<ModelIdentity> identity, int count, long bytes) {
    static final Contents NOTHING = new Contents(Optional.empty(), 0, 0);
  }

  /// Reads a file up to the first byte that is not as it was written.
  static Contents read(Path file, Consumer<PastExecution> to) throws IOException {
    try (InputStream opened = Files.newInputStream(file);
        DataInputStream in = new DataInputStream(new BufferedInputStream(opened, 1 << 16))) {
      if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
        return Contents.NOTHING;
      }
      Optional<byte[]> head = next(in);
      if (head.isEmpty()) {
        return Contents.NOTHING;
      }
      ModelIdentity identity = RecordFormat.identity(head.get());
      long bytes = (long) MAGIC.length + FRAME + head.get().length;
      int count = 0;
      for (Optional<byte[]> record = next(in); record.isPresent(); record = next(in)) {
        to.accept(RecordFormat.execution(record.get()));
        bytes += FRAME + record.get().length;
        count++;
      }
      return new Contents(Optional.of(identity), count, bytes);
    } catch (IllegalArgumentException e) {
      throw new IOException(file + " holds what was never written to it: " + e.getMessage(), e);
    }
  }

  private static Optional<byte[]> next(DataInputStream in) throws IOException {
    byte[] frame = in.readNBytes(FRAME);
    if (frame.length < FRAME) {
      return Optional.empty();
    }
    ByteBuffer numbers = ByteBuffer.wrap(frame);
    int length = numbers.getInt();
    int checksum = numbers.getInt();
    if (length < 0 || length > MAX_RECORD) {
      return Optional.empty();
    }
    byte[] record = in.readNBytes(length);
    return record.length == length && checksum(record) == checksum
        ? Optional.of(record)
        : Optional.empty();
  }

  /// Appends records, each of at most [#MAX_RECORD] bytes.
  void append(List<byte[]> records) throws IOException {
    int size = records.stream().mapToInt(record -> FRAME + record.length).sum();
    ByteBuffer buffer = ByteBuffer.allocate(size);
    records.forEach(record -> put(buffer, record));
    buffer.flip();
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      // At the end of what is known to be whole, not of the file: a failed write may have left
      // more.
      long position = bytes;
      while (buffer.hasRemaining()) {
        position += channel.write(buffer, position);
      }
    }
    bytes += size;
    count += records.size();
  }

  private static void put(ByteBuffer buffer, byte[] record) {
    buffer.putInt(record.length).putInt(checksum(record)).put(record);
  }

  private static int checksum(byte[] record) {
    return Hashing.crc32c().hashBytes(record).asInt();
  }

  Path file() {
    return file;
  }

  /// How many executions it holds.
  int count() {
    return count;
  }

  /// How large it is.
  long bytes() {
    return bytes;
  }
}
