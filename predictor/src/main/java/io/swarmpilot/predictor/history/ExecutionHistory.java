package io.swarmpilot.predictor.history;

import com.google.common.collect.ArrayListMultimap;
import com.google.common.collect.ListMultimap;
import io.swarmpilot.predictor.model.ModelIdentity;
import io.swarmpilot.predictor.model.ModelKey;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the last executions of every identity on disk. Thread-safe. Appending only queues; what
/// the queue or the disk cannot take is dropped and counted.
public final class ExecutionHistory {
  private static final Logger log = LoggerFactory.getLogger(ExecutionHistory.class);

  /// Executions of each identity that are kept, at least while there is room.
  public static final int WINDOW = KeyHistory.WINDOW;

  private static final int QUEUED = 65_536;
  private static final int BATCH = 4_096;

  private final Path directory;
  private final long maxBytes;
  private final int maxKeys;
  private final Executor writer;
  private final BlockingQueue<Entry> queue = new ArrayBlockingQueue<>(QUEUED);
  private final AtomicBoolean writing = new AtomicBoolean();
  private final AtomicLong dropped = new AtomicLong();
  private boolean failing;

  /// The least recently appended to first; the lock of all that is on disk.
  private final LinkedHashMap<ModelIdentity, KeyHistory> keys =
      new LinkedHashMap<>(16, 0.75f, true);

  private record Entry(ModelIdentity identity, PastExecution execution) {}

  /// Opens what is in a directory; one that cannot be used leaves the history empty, and says so in
  /// the log.
  ///
  /// @param maxBytes most bytes in all; beyond, the oldest of the key not used for longest go
  /// @param maxKeys most identities
  /// @param writer writes what is queued
  public ExecutionHistory(Path directory, long maxBytes, int maxKeys, Executor writer) {
    this.directory = directory;
    this.maxBytes = maxBytes;
    this.maxKeys = maxKeys;
    this.writer = writer;
    if (Files.exists(directory)) {
      try (Stream<Path> found = Files.list(directory)) {
        found.filter(Files::isDirectory).sorted().forEach(this::open);
      } catch (IOException e) {
        log.warn("executions cannot be kept in {}: {}", directory, e.toString());
      }
    }
  }

  private void open(Path keyDirectory) {
    try {
      KeyHistory.identity(keyDirectory)
          .filter(identity -> keyDirectory.endsWith(ModelKey.of(identity).fileName()))
          .ifPresent(identity -> {
            try {
              keys.put(identity, new KeyHistory(identity, keyDirectory));
            } catch (IOException e) {
              unreadable(keyDirectory, e);
            }
          });
    } catch (IOException e) {
      unreadable(keyDirectory, e);
    }
  }

  private static void unreadable(Path directory, IOException e) {
    log.warn("the executions in {} cannot be read: {}", directory, e.toString());
  }

  /// Keeps an execution; does not wait.
  public void append(ModelIdentity identity, PastExecution execution) {
    if (!queue.offer(new Entry(identity, execution))) {
      dropped.incrementAndGet();
    }
    if (writing.compareAndSet(false, true)) {
      try {
        writer.execute(this::write);
      } catch (RejectedExecutionException e) {
        // Shutting down: close() writes what is left.
        writing.set(false);
      }
    }
  }

  private void write() {
    writing.set(false);
    flush();
  }

  /// Writes what is queued.
  public void flush() {
    synchronized (keys) {
      List<Entry> batch = new ArrayList<>();
      while (queue.drainTo(batch, BATCH) > 0) {
        ListMultimap<ModelIdentity, byte[]> records = ArrayListMultimap.create();
        for (Entry entry : batch) {
          encode(entry, records);
        }
        records.asMap().forEach((identity, bytes) -> append(identity, List.copyOf(bytes)));
        batch.clear();
      }
    }
  }

  private void encode(Entry entry, ListMultimap<ModelIdentity, byte[]> records) {
    try {
      byte[] record = RecordFormat.bytes(entry.execution());
      if (record.length <= Segment.MAX_RECORD) {
        records.put(entry.identity(), record);
        return;
      }
    } catch (IOException e) {
      log.debug("an execution is too long to be kept", e);
    }
    dropped.incrementAndGet();
  }

  private void append(ModelIdentity identity, List<byte[]> records) {
    try {
      key(identity).append(records);
      makeRoom();
      failing = false;
    } catch (IOException e) {
      keys.computeIfPresent(identity, (known, key) -> key.count() == 0 ? null : key);
      dropped.addAndGet(records.size());
      if (!failing) {
        log.warn("executions of {} cannot be kept: {}", ModelKey.of(identity), e.toString());
      }
      failing = true;
    }
  }

  private KeyHistory key(ModelIdentity identity) throws IOException {
    KeyHistory known = keys.get(identity);
    if (known == null) {
      known = new KeyHistory(identity, directory.resolve(ModelKey.of(identity).fileName()));
      keys.put(identity, known);
    }
    return known;
  }

  private void makeRoom() throws IOException {
    while (keys.size() > maxKeys) {
      Map.Entry<ModelIdentity, KeyHistory> oldest = keys.firstEntry();
      drop(oldest.getKey(), oldest.getValue());
    }
    while (bytes() > maxBytes && !keys.isEmpty()) {
      Map.Entry<ModelIdentity, KeyHistory> oldest = keys.firstEntry();
      oldest.getValue().dropOldest();
      if (oldest.getValue().count() == 0) {
        drop(oldest.getKey(), oldest.getValue());
      }
    }
  }

  private void drop(ModelIdentity identity, KeyHistory key) throws IOException {
    while (key.bytes() > 0) {
      key.dropOldest();
    }
    keys.remove(identity);
    try {
      Files.deleteIfExists(directory.resolve(ModelKey.of(identity).fileName()));
    } catch (DirectoryNotEmptyException e) {
      log.debug("something else is kept there as well", e);
    }
  }

  private long bytes() {
    return keys.values().stream().mapToLong(KeyHistory::bytes).sum();
  }

  /// The last executions of an identity that are kept, oldest first, those queued included.
  ///
  /// @param most how many at most
  /// @throws IOException when they cannot be read
  public List<PastExecution> latest(ModelIdentity identity, int most) throws IOException {
    synchronized (keys) {
      flush();
      KeyHistory known = keys.get(identity);
      return known == null ? List.of() : known.read(most);
    }
  }

  /// How many executions of an identity are kept; those queued are not counted.
  public int count(ModelIdentity identity) {
    synchronized (keys) {
      KeyHistory known = keys.get(identity);
      return known == null ? 0 : known.count();
    }
  }

  /// The identities that there are executions of.
  public List<ModelIdentity> identities() {
    synchronized (keys) {
      return List.copyOf(keys.keySet());
    }
  }

  /// Executions that were not kept, for want of room in the queue or on the disk.
  public long dropped() {
    return dropped.get();
  }
}
