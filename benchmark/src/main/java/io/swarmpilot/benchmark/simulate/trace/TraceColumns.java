package io.swarmpilot.benchmark.simulate.trace;

import com.google.common.primitives.ImmutableLongArray;
import java.util.Arrays;

/// A trace that grows row by row, and refuses rows that cannot be.
public final class TraceColumns {
  private static final int MOST_BLOCKS = 1 << 26;
  private static final int MOST_TOKENS = 10_000_000;
  private static final double LONGEST_MS = 1e12;

  private final String file;
  private long[] arrivals = new long[1_024];
  private int[] inputs = new int[1_024];
  private int[] outputs = new int[1_024];
  private byte[] sources = new byte[1_024];
  private int[] blockEnds = new int[1_024];
  private long[] blocks = new long[1_024];
  private double[] executions = {};
  private int size;
  private int blockCount;

  /// No rows yet.
  ///
  /// @param file what is named when a row cannot be
  public TraceColumns(String file) {
    this.file = file;
  }

  /// How many rows there are.
  public int size() {
    return size;
  }

  /// Adds a request.
  ///
  /// @param row where it is from, for what is said when it cannot be
  /// @param source which of several traces it is of
  public void add(
      long row, long arrival, long input, long output, int source, ImmutableLongArray prefix) {
    check(row, input > 0, "the input has " + input + " tokens, it must have at least 1");
    check(row, output > 0, "the output has " + output + " tokens, it must have at least 1");
    check(row, input <= MOST_TOKENS && output <= MOST_TOKENS, "more than 10,000,000 tokens");
    check(
        row,
        size == 0 || arrival >= arrivals[size - 1],
        "it arrived before the row above it; sort the trace by time");
    check(row, size < Trace.MOST_REQUESTS, "more than 16,777,216 requests; split the trace");
    check(row, blockCount <= MOST_BLOCKS - prefix.length(), "more than 67,108,864 prefix blocks");
    grow(prefix.length());
    arrivals[size] = arrival;
    inputs[size] = (int) input;
    outputs[size] = (int) output;
    sources[size] = (byte) source;
    for (int i = 0; i < prefix.length(); i++) {
      blocks[blockCount++] = prefix.get(i);
    }
    blockEnds[size++] = blockCount;
  }

  /// Notes how long the request added last took; for all requests or for none.
  ///
  /// @param row where it is from, for what is said when it cannot be
  public void recorded(long row, double executionMs) {
    check(
        row,
        executionMs > 0 && executionMs <= LONGEST_MS,
        "it executed for " + executionMs + " ms, which must be above 0, at most 1e12");
    if (executions.length < size) {
      executions = Arrays.copyOf(executions, arrivals.length);
    }
    executions[size - 1] = executionMs;
  }

  /// The trace.
  ///
  /// @param dated whether arrivals count from an origin that other traces share
  public Trace build(boolean dated) {
    if (size == 0) {
      throw new TraceException(file + ": there are no requests");
    }
    return new Trace(
        Arrays.copyOf(arrivals, size),
        Arrays.copyOf(inputs, size),
        Arrays.copyOf(outputs, size),
        Arrays.copyOf(sources, size),
        blockCount == 0 ? new int[0] : Arrays.copyOf(blockEnds, size),
        Arrays.copyOf(blocks, blockCount),
        executions.length == 0 ? executions : Arrays.copyOf(executions, size),
        dated);
  }

  private void grow(int prefix) {
    if (size == arrivals.length) {
      arrivals = Arrays.copyOf(arrivals, 2 * size);
      inputs = Arrays.copyOf(inputs, 2 * size);
      outputs = Arrays.copyOf(outputs, 2 * size);
      sources = Arrays.copyOf(sources, 2 * size);
      blockEnds = Arrays.copyOf(blockEnds, 2 * size);
    }
    if (blockCount + prefix > blocks.length) {
      blocks = Arrays.copyOf(blocks, Math.max(blockCount + prefix, 2 * blocks.length));
    }
  }

  private void check(long row, boolean holds, String wrong) {
    if (!holds) {
      throw TraceException.at(file, row, wrong);
    }
  }
}
