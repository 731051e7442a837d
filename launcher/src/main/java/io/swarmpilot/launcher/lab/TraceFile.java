package io.swarmpilot.launcher.lab;

import io.swarmpilot.proto.scheduler.v1.TraceRow;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// A trace that is written row by row in the order in which tasks ended, and sorted by the time at
/// which they were submitted in the end. Until then rows are in a file beside it; the trace itself
/// appears at once, complete.
final class TraceFile implements AutoCloseable {
  private static final String HEADER =
      "arrival_ms,input_tokens,output_tokens,execution_ms,hardware,model,wait_ms,response_ms,"
          + "slo_deadline_ms,features";

  private final Path file;
  private final Path spool;
  private final Path sorted;
  private final RandomAccessFile rows;
  private double[] submitted = new double[1_024];
  private long[] offsets = new long[1_024];
  private int size;

  private TraceFile(Path file, Path spool, Path sorted) throws IOException {
    this.file = file;
    this.spool = spool;
    this.sorted = sorted;
    this.rows = new RandomAccessFile(spool.toFile(), "rw");
  }

  /// Begins a trace.
  ///
  /// @throws IOException when nothing can be written there
  static TraceFile create(Path file) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    if (directory == null || Files.isDirectory(file)) {
      throw new IOException("it is a directory");
    }
    Path spool = Files.createTempFile(directory, ".recording-", ".rows");
    return new TraceFile(file, spool, Path.of(spool + ".sorted"));
  }

  /// How many tasks it has.
  int size() {
    return size;
  }

  /// Adds a task.
  void add(TraceRow row) throws IOException {
    if (size == offsets.length) {
      submitted = Arrays.copyOf(submitted, 2 * size);
      offsets = Arrays.copyOf(offsets, 2 * size);
    }
    submitted[size] = row.getSubmitTime();
    offsets[size++] = rows.getFilePointer();
    rows.write((cells(row) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /// Puts the trace in its place.
  void finish() throws IOException {
    Integer[] order = new Integer[size];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingDouble(i -> submitted[i]));
    long end = rows.getFilePointer();
    double first = submitted[order[0]];
    try (BufferedWriter out = Files.newBufferedWriter(sorted)) {
      line(out, HEADER);
      for (int i : order) {
        long length = (i + 1 < size ? offsets[i + 1] : end) - offsets[i];
        byte[] cells = new byte[(int) length - 1];
        rows.seek(offsets[i]);
        rows.readFully(cells);
        line(
            out,
            String.format(Locale.ROOT, "%.3f,", (submitted[i] - first) * 1_000)
                + new String(cells, StandardCharsets.UTF_8));
      }
    }
    Path _ = Files.move(sorted, file, StandardCopyOption.REPLACE_EXISTING);
  }

  /// Takes away what is beside the trace.
  @Override
  public void close() throws IOException {
    rows.close();
    boolean _ = Files.deleteIfExists(spool);
    boolean _ = Files.deleteIfExists(sorted);
  }

  private static void line(Writer out, String text) throws IOException {
    out.write(text);
    out.write('\n');
  }

  private static String cells(TraceRow row) {
    return String.join(
        ",",
        row.hasInputTokens() ? Long.toString(row.getInputTokens()) : "",
        row.hasOutputTokens() ? Long.toString(row.getOutputTokens()) : "",
        // A time of 0 is none: shorter than was measured.
        number(Math.max(row.getExecutionMs(), 1e-3)),
        plain(row.getHardware()),
        plain(row.getModelName()),
        number(row.getWaitMs()),
        number(row.getResponseMs()),
        row.getSloDeadlineMs() > 0 ? number(row.getSloDeadlineMs()) : "",
        new TreeMap<>(row.getFeaturesMap())
            .entrySet().stream()
                .map(entry -> plain(entry.getKey()) + "=" + entry.getValue())
                .collect(Collectors.joining(";")));
  }

  private static String number(double ms) {
    return String.format(Locale.ROOT, "%.3f", ms);
  }

  /// A name as a cell that needs no quotes.
  private static String plain(String name) {
    return name.replaceAll("[\\p{Cntrl},;=\"]", "_");
  }
}
