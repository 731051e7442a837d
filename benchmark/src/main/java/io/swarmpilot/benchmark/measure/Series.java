package io.swarmpilot.benchmark.measure;

import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.Histogram;

/// Durations from 1 µs to 1 h with three significant digits, in bounded memory however many there
/// are. Merging is exact: the quantiles of a merged series are those of the joined samples, to the
/// same three digits. Never written once it is here.
public final class Series {
  /// The longest duration it tells apart from longer ones, µs.
  public static final long MOST_MICROS = 3_600_000_000L;

  /// No durations.
  public static final Series EMPTY = new Series(new Histogram(MOST_MICROS, 1));

  private static final int DIGITS = 3;
  private static final double MICROS_PER_MS = 1e3;

  private final AbstractHistogram histogram;

  private Series(AbstractHistogram histogram) {
    this.histogram = histogram;
  }

  /// What a histogram of µs holds now.
  static Series copyOf(AbstractHistogram micros) {
    return micros.getTotalCount() == 0 ? EMPTY : new Series(micros.copy());
  }

  /// These durations, ms.
  public static Series of(double... millis) {
    Histogram histogram = new Histogram(MOST_MICROS, DIGITS);
    for (double ms : millis) {
      histogram.recordValue(Math.clamp(Math.round(ms * MICROS_PER_MS), 0, MOST_MICROS));
    }
    return copyOf(histogram);
  }

  /// How many durations there are.
  public long count() {
    return histogram.getTotalCount();
  }

  /// Whether there are none.
  public boolean isEmpty() {
    return count() == 0;
  }

  /// The shortest duration that at least this share of them does not exceed (nearest rank), ms; 0
  /// when there are none.
  ///
  /// @param share above 0, at most 1
  public double quantileMs(double share) {
    return histogram.getValueAtPercentile(100 * share) / MICROS_PER_MS;
  }

  /// The mean, ms; 0 when there are none.
  public double meanMs() {
    return isEmpty() ? 0 : histogram.getMean() / MICROS_PER_MS;
  }

  /// The standard deviation, ms; 0 when there are none.
  public double deviationMs() {
    return isEmpty() ? 0 : histogram.getStdDeviation() / MICROS_PER_MS;
  }

  /// The shortest, ms; 0 when there are none.
  public double leastMs() {
    return isEmpty() ? 0 : histogram.getMinValue() / MICROS_PER_MS;
  }

  /// The longest, ms; 0 when there are none.
  public double mostMs() {
    return histogram.getMaxValue() / MICROS_PER_MS;
  }

  /// How many are not longer than this, to the series' precision.
  public long countUpTo(double ms) {
    long micros = Math.clamp(Math.round(ms * MICROS_PER_MS), 0, MOST_MICROS);
    return histogram.getCountBetweenValues(0, micros);
  }

  /// All durations of both.
  public Series plus(Series other) {
    if (other.isEmpty()) {
      return this;
    }
    if (isEmpty()) {
      return other;
    }
    AbstractHistogram sum = histogram.copy();
    sum.add(other.histogram);
    return new Series(sum);
  }

  /// The whole series in HdrHistogram's compressed form, version 2, of values in µs.
  public byte[] encode() {
    ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
    int length = histogram.encodeIntoCompressedByteBuffer(buffer);
    byte[] bytes = new byte[length];
    buffer.flip().get(bytes);
    return bytes;
  }

  /// Reads what [#encode()] wrote.
  ///
  /// @throws IllegalArgumentException when it is none, or not of µs up to [#MOST_MICROS]
  public static Series decode(byte[] bytes) {
    try {
      Histogram read =
          Histogram.decodeFromCompressedByteBuffer(ByteBuffer.wrap(bytes), MOST_MICROS);
      if (read.getHighestTrackableValue() > 2 * MOST_MICROS || read.getTotalCount() < 0) {
        throw new IllegalArgumentException("a histogram of another range");
      }
      return copyOf(read);
    } catch (DataFormatException | RuntimeException e) {
      throw new IllegalArgumentException("no histogram: " + e.getMessage(), e);
    }
  }
}
