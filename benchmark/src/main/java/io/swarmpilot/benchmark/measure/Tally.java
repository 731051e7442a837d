package io.swarmpilot.benchmark.measure;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.Maps;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/// Adds up the outcomes of a run in bounded memory. Requests are of the window in which they were
/// due, so that what a warm-up left behind cannot leak in and what a stall delayed cannot leak out.
/// One thread at a time.
public final class Tally {
  private static final int DIGITS = 3;
  private static final long NANOS_PER_MICRO = 1_000;

  private final Window window;
  private final Slo slo;
  private final Map<Count, Long> counts = new EnumMap<>(Count.class);
  private final Map<Metric, Histogram> histograms = new EnumMap<>(Metric.class);
  private final Map<String, Long> errors = new TreeMap<>();
  private final Map<String, String> messages = new TreeMap<>();
  private final TimelineTally timeline = new TimelineTally();
  private final InFlight inFlight;

  /// Nothing yet.
  ///
  /// @param window what is measured
  /// @param slo what makes a request good
  public Tally(Window window, Slo slo) {
    this.window = window;
    this.slo = slo;
    this.inFlight = new InFlight(window);
  }

  /// A request was sent.
  ///
  /// @param now ns after the start of the run; never less than before
  public void sent(long now) {
    inFlight.change(now, 1);
  }

  /// A request that was sent is over.
  public void ended(Outcome outcome) {
    inFlight.change(outcome.ended(), -1);
    add(outcome);
  }

  /// A request that was never sent is given up.
  public void dropped(long intended, long now) {
    add(Outcome.dropped(intended, now));
  }

  private void add(Outcome outcome) {
    if (outcome.isCut()) {
      count(Count.CUT, window.contains(outcome.intended()) ? 1 : 0);
      return;
    }
    timeline.due(outcome.intended());
    timeline.ended(outcome);
    if (window.contains(outcome.ended()) && outcome.succeeded()) {
      finished(outcome.usage());
    }
    if (window.contains(outcome.intended())) {
      attempted(outcome);
    }
  }

  private void finished(Usage usage) {
    count(Count.FINISHED, 1);
    count(Count.INPUT_TOKENS, usage.input());
    count(Count.OUTPUT_TOKENS, usage.output());
    count(Count.CACHED_TOKENS, usage.cached());
    count(Count.REASONING_TOKENS, usage.reasoning());
  }

  private void attempted(Outcome outcome) {
    count(Count.ATTEMPTED, 1);
    if (outcome.sent() >= 0) {
      record(Metric.LAG, outcome.sent() - outcome.due());
    }
    outcome
        .failure()
        .ifPresentOrElse(failure -> failed(outcome, failure), () -> succeeded(outcome));
  }

  private void failed(Outcome outcome, Failure failure) {
    count(Count.FAILED, 1);
    count(Count.DROPPED, failure.kind() == Failure.Kind.DROPPED ? 1 : 0);
    record(Metric.FAILED, outcome.response());
    errors.merge(failure.label(), 1L, Long::sum);
    String _ = messages.putIfAbsent(failure.label(), failure.message());
  }

  private void succeeded(Outcome outcome) {
    Usage usage = outcome.usage();
    count(Count.SUCCEEDED, 1);
    count(Count.USAGE_MISSING, usage.reported() ? 0 : 1);
    count(
        Count.LENGTH_MISMATCHES,
        outcome.wanted() > 0 && usage.output() != outcome.wanted() ? 1 : 0);
    if (slo.met(outcome)) {
      count(Count.GOOD, 1);
      count(Count.GOOD_TOKENS, usage.output());
    }
    record(Metric.RESPONSE, outcome.response());
    record(Metric.SERVICE, outcome.ended() - outcome.sent());
    if (usage.output() > 0) {
      record(Metric.NORMALISED, outcome.response() / usage.output());
    }
    outputs(outcome);
  }

  private void outputs(Outcome outcome) {
    if (!outcome.hasOutput()) {
      return;
    }
    record(Metric.FIRST_OUTPUT, outcome.firstOutput() - outcome.intended());
    record(Metric.FIRST_OUTPUT_SERVICE, outcome.firstOutput() - outcome.sent());
    for (int i = 1; i < outcome.outputs().length(); i++) {
      record(Metric.GAP, outcome.outputs().get(i) - outcome.outputs().get(i - 1));
    }
    if (outcome.stall() >= 0) {
      record(Metric.STALL, outcome.stall());
    }
    if (outcome.perToken() >= 0) {
      record(Metric.PER_TOKEN, outcome.perToken());
    }
  }

  /// What was measured until now.
  ///
  /// @param now ns after the start of the run
  public Measurement read(long now) {
    Map<Metric, Series> series = new EnumMap<>(Metric.class);
    histograms.forEach((metric, histogram) -> series.put(metric, Series.copyOf(histogram)));
    return new Measurement(
        window.secondsUntil(now),
        ImmutableMap.copyOf(counts),
        Maps.immutableEnumMap(series),
        ImmutableSortedMap.copyOf(errors),
        ImmutableSortedMap.copyOf(messages),
        inFlight.read(now),
        timeline.read());
  }

  private void count(Count what, long amount) {
    counts.merge(what, amount, Long::sum);
  }

  private void record(Metric metric, long nanos) {
    histograms
        .computeIfAbsent(metric, _ -> new Histogram(Series.MOST_MICROS, DIGITS))
        .recordValue(Math.clamp(nanos / NANOS_PER_MICRO, 0, Series.MOST_MICROS));
  }
}
