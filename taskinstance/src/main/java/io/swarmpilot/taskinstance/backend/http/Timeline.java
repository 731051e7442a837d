package io.swarmpilot.taskinstance.backend.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;

/// When the pieces of an answer came.
public final class Timeline {
  private static final double NANOS_PER_MS = 1e6;

  private final long start;
  private long[] outputs = new long[64];
  private int count;

  /// A timeline that begins at this time, ns of the monotonic clock.
  public Timeline(long start) {
    this.start = start;
  }

  /// Notes a piece of output that came at this time, ns of the same clock.
  public void output(long nanos) {
    if (count == outputs.length) {
      outputs = Arrays.copyOf(outputs, 2 * count);
    }
    outputs[count++] = nanos;
  }

  /// Writes what it tells, in ms: nothing without output, no gaps below two pieces.
  void write(ObjectNode to) {
    to.put("outputs", count);
    if (count == 0) {
      return;
    }
    to.put("time_to_first_output_ms", ms(outputs[0] - start));
    to.put("total_ms", ms(outputs[count - 1] - start));
    if (count > 1) {
      writeGaps(to);
    }
  }

  private void writeGaps(ObjectNode to) {
    long[] gaps = new long[count - 1];
    for (int i = 0; i < gaps.length; i++) {
      gaps[i] = outputs[i + 1] - outputs[i];
    }
    Arrays.sort(gaps);
    to.put("gap_mean_ms", ms((outputs[count - 1] - outputs[0]) / gaps.length));
    to.put("gap_p50_ms", ms(quantile(gaps, 0.5)));
    to.put("gap_p99_ms", ms(quantile(gaps, 0.99)));
    to.put("gap_max_ms", ms(gaps[gaps.length - 1]));
  }

  /// The smallest gap that at least this share of the gaps does not exceed.
  private static long quantile(long[] sorted, double share) {
    return sorted[(int) Math.ceil(share * sorted.length) - 1];
  }

  private static double ms(long nanos) {
    return Math.round(nanos / 1e3) * 1e3 / NANOS_PER_MS;
  }
}
