package io.swarmpilot.benchmark.measure;

import com.google.common.collect.ImmutableList;
import java.util.Collections;
import java.util.stream.IntStream;

/// A run over time, in equal slices from its start, warm-up and cool-down included. There are at
/// most [#MOST_SLICES]: when a run gets longer, slices double.
///
/// @param sliceSeconds length of a slice, s: 1, 2, 4, …
/// @param slices in order
public record Timeline(long sliceSeconds, ImmutableList<Slice> slices) {
  /// Most slices.
  public static final int MOST_SLICES = 600;

  /// Nothing happened.
  public static final Timeline EMPTY = new Timeline(1, ImmutableList.of());

  /// One slice of time. A request counts where it was due by its schedule; what it achieved, where
  /// it ended.
  ///
  /// @param due requests that were due
  /// @param succeeded requests that ended well
  /// @param failed requests that failed
  /// @param outputTokens tokens of those that ended well
  /// @param response response times of those that ended well, two significant digits
  public record Slice(long due, long succeeded, long failed, long outputTokens, Series response) {
    static final Slice EMPTY = new Slice(0, 0, 0, 0, Series.EMPTY);

    Slice plus(Slice other) {
      return new Slice(
          due + other.due,
          succeeded + other.succeeded,
          failed + other.failed,
          outputTokens + other.outputTokens,
          response.plus(other.response));
    }
  }

  /// Both, slice by slice, as long as the coarser of the two.
  Timeline plus(Timeline other) {
    if (other.slices.isEmpty()) {
      return this;
    }
    if (sliceSeconds < other.sliceSeconds) {
      return doubled().plus(other);
    }
    if (other.sliceSeconds < sliceSeconds) {
      return plus(other.doubled());
    }
    int size = Math.max(slices.size(), other.slices.size());
    return new Timeline(
        sliceSeconds,
        IntStream.range(0, size)
            .mapToObj(i -> at(i).plus(other.at(i)))
            .collect(ImmutableList.toImmutableList()));
  }

  private Timeline doubled() {
    return new Timeline(
        2 * sliceSeconds,
        IntStream.range(0, (slices.size() + 1) / 2)
            .mapToObj(i -> at(2 * i).plus(at(2 * i + 1)))
            .collect(ImmutableList.toImmutableList()));
  }

  private Slice at(int index) {
    return index < slices.size() ? slices.get(index) : Slice.EMPTY;
  }

  /// The most requests that ended well in a second, of any slice; 0 without slices.
  public double peakPerSecond() {
    long most =
        slices.isEmpty() ? 0 : Collections.max(slices.stream().map(Slice::succeeded).toList());
    return (double) most / sliceSeconds;
  }
}
