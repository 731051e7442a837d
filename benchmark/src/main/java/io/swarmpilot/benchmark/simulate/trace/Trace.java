package io.swarmpilot.benchmark.simulate.trace;

import com.google.common.primitives.ImmutableLongArray;
import java.util.List;

/// Requests in order of arrival, in columns: 17 bytes each, 4 more and 8 for every prefix block
/// where those are known.
public final class Trace {
  /// Most requests of a trace.
  public static final int MOST_REQUESTS = 1 << 24;

  /// Most traces merged into one.
  public static final int MOST_SOURCES = 100;

  private final long[] arrivals;
  private final int[] inputs;
  private final int[] outputs;
  private final byte[] sources;
  private final int[] blockEnds;
  private final long[] blocks;
  private final double[] executions;
  private final boolean dated;

  Trace(
      long[] arrivals,
      int[] inputs,
      int[] outputs,
      byte[] sources,
      int[] blockEnds,
      long[] blocks,
      double[] executions,
      boolean dated) {
    this.arrivals = arrivals;
    this.inputs = inputs;
    this.outputs = outputs;
    this.sources = sources;
    this.blockEnds = blockEnds;
    this.blocks = blocks;
    this.executions = executions;
    this.dated = dated;
  }

  /// How many requests there are.
  public int size() {
    return arrivals.length;
  }

  /// When a request arrived, ns after some origin.
  public long arrivalNanos(int request) {
    return arrivals[request];
  }

  /// Tokens of its input, at least 1.
  public int inputTokens(int request) {
    return inputs[request];
  }

  /// Tokens of its answer, at least 1.
  public int outputTokens(int request) {
    return outputs[request];
  }

  /// Which of the traces it was merged from it is of: the application that sent it.
  public int source(int request) {
    return sources[request];
  }

  /// Ids of the blocks its input begins with; two requests with the same first n share as much.
  public ImmutableLongArray blocks(int request) {
    if (blockEnds.length == 0) {
      return ImmutableLongArray.of();
    }
    int from = request == 0 ? 0 : blockEnds[request - 1];
    ImmutableLongArray.Builder ids = ImmutableLongArray.builder(blockEnds[request] - from);
    for (int i = from; i < blockEnds[request]; i++) {
      ids.add(blocks[i]);
    }
    return ids.build();
  }

  /// Whether it was recorded how long each request took.
  public boolean hasTimes() {
    return executions.length > 0;
  }

  /// How long a request took by itself where it ran, ms, above 0; to be asked where it was
  /// recorded.
  public double recordedMs(int request) {
    return executions[request];
  }

  /// Whether requests tell which blocks they share.
  public boolean hasBlocks() {
    return blockEnds.length > 0;
  }

  /// All requests of several traces by time of arrival. Traces without dates count from their first
  /// request, and all of them do when one has no dates.
  public static Trace merged(List<Trace> traces) {
    if (traces.size() == 1) {
      return traces.getFirst();
    }
    if (traces.size() > MOST_SOURCES) {
      throw new TraceException("more than " + MOST_SOURCES + " traces");
    }
    boolean dated = traces.stream().allMatch(trace -> trace.dated);
    boolean blocks = traces.stream().allMatch(Trace::hasBlocks);
    boolean times = traces.stream().allMatch(Trace::hasTimes);
    TraceColumns columns = new TraceColumns("the merged traces");
    int[] next = new int[traces.size()];
    int first = earliest(traces, next, dated);
    while (first >= 0) {
      Trace trace = traces.get(first);
      int request = next[first]++;
      columns.add(
          columns.size() + 1L,
          trace.since(request, dated),
          trace.inputs[request],
          trace.outputs[request],
          first,
          blocks ? trace.blocks(request) : ImmutableLongArray.of());
      if (times) {
        columns.recorded(columns.size(), trace.recordedMs(request));
      }
      first = earliest(traces, next, dated);
    }
    return columns.build(dated);
  }

  private static int earliest(List<Trace> traces, int[] next, boolean dated) {
    int first = -1;
    long least = Long.MAX_VALUE;
    for (int i = 0; i < next.length; i++) {
      if (next[i] < traces.get(i).size() && traces.get(i).since(next[i], dated) < least) {
        least = traces.get(i).since(next[i], dated);
        first = i;
      }
    }
    return first;
  }

  private long since(int request, boolean date) {
    return date ? arrivals[request] : arrivals[request] - arrivals[0];
  }
}
