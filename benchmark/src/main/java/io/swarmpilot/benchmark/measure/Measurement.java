package io.swarmpilot.benchmark.measure;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.Maps;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.Function;

/// What was measured in a window, of one generator or of several together. A snapshot of a run that
/// is under way is one of the part of its window that is past.
///
/// @param seconds how much of the window is past, s; of the longest when several are together
/// @param counts all counts, zeros included
/// @param series all durations, empty ones included
/// @param errors failures by class ([Failure#label()])
/// @param messages what the first failure of each class said
/// @param concurrency requests in flight: summed over time, and the most
/// @param timeline how it went over time
public record Measurement(
    double seconds,
    ImmutableMap<Count, Long> counts,
    ImmutableMap<Metric, Series> series,
    ImmutableSortedMap<String, Long> errors,
    ImmutableSortedMap<String, String> messages,
    Concurrency concurrency,
    Timeline timeline) {
  /// Nothing measured yet.
  public static final Measurement NONE =
      new Measurement(
          0,
          ImmutableMap.of(),
          ImmutableMap.of(),
          ImmutableSortedMap.of(),
          ImmutableSortedMap.of(),
          Concurrency.NONE,
          Timeline.EMPTY);

  /// Fills in zeros and empty series.
  public Measurement {
    Map<Count, Long> given = counts;
    Map<Metric, Series> told = series;
    counts = all(Count.class, what -> given.getOrDefault(what, 0L));
    series = all(Metric.class, what -> told.getOrDefault(what, Series.EMPTY));
  }

  /// How many of these there are.
  public long count(Count what) {
    Long found = counts.get(what);
    return found == null ? 0 : found;
  }

  /// These durations.
  public Series series(Metric what) {
    Series found = series.get(what);
    return found == null ? Series.EMPTY : found;
  }

  /// Requests that ended well by second of the window.
  public double throughput() {
    return perSecond(Count.FINISHED);
  }

  /// These by second of the window; 0 before it began.
  public double perSecond(Count what) {
    return seconds == 0 ? 0 : count(what) / seconds;
  }

  /// Good requests by those attempted; 0 when none were.
  public double goodShare() {
    return share(Count.GOOD);
  }

  /// Failed requests by those attempted; 0 when none were.
  public double errorShare() {
    return share(Count.FAILED);
  }

  private double share(Count what) {
    long attempted = count(Count.ATTEMPTED);
    return attempted == 0 ? 0 : (double) count(what) / attempted;
  }

  /// This and what another generator measured in the same window, as if one had measured both.
  public Measurement plus(Measurement other) {
    return new Measurement(
        Math.max(seconds, other.seconds),
        all(Count.class, what -> count(what) + other.count(what)),
        all(Metric.class, what -> series(what).plus(other.series(what))),
        joined(errors, other.errors, Long::sum),
        joined(messages, other.messages, (first, _) -> first),
        concurrency.plus(other.concurrency),
        timeline.plus(other.timeline));
  }

  /// This and what was measured in a window after it: as [#plus(Measurement)], but their times add
  /// up.
  public Measurement then(Measurement later) {
    Measurement both = plus(later);
    return new Measurement(
        seconds + later.seconds,
        both.counts,
        both.series,
        both.errors,
        both.messages,
        concurrency.then(seconds, later.concurrency, later.seconds),
        both.timeline);
  }

  private static <K extends Enum<K>, V> ImmutableMap<K, V> all(
      Class<K> keys, Function<K, V> value) {
    Map<K, V> map = new EnumMap<>(keys);
    for (K key : keys.getEnumConstants()) {
      map.put(key, value.apply(key));
    }
    return Maps.immutableEnumMap(map);
  }

  private static <V> ImmutableSortedMap<String, V> joined(
      Map<String, V> left, Map<String, V> right, BinaryOperator<V> join) {
    Map<String, V> sum = new TreeMap<>(left);
    right.forEach((key, value) -> sum.merge(key, value, join));
    return ImmutableSortedMap.copyOf(sum);
  }
}
