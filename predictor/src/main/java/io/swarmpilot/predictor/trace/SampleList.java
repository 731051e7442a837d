package io.swarmpilot.predictor.trace;

import com.google.common.collect.ArrayListMultimap;
import com.google.common.collect.ListMultimap;
import com.google.common.math.Quantiles;
import io.swarmpilot.predictor.feature.FeatureKeys;
import io.swarmpilot.predictor.learn.Sample;
import io.swarmpilot.predictor.learn.TrainingSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Collects rows to learn from, and judges whether they can be learned from.
public final class SampleList implements RowSink {
  /// Longest time that is believed, ms: about thirty years.
  private static final double LONGEST_MS = 1e12;

  /// Two times of one row that differ by more are not the same time.
  private static final double SAME_TIME = 0.001;

  /// Rows of one label that typically take so many times as long as those of the other are in
  /// another unit.
  private static final double OTHER_UNIT = 500;

  private final List<Sample> samples = new ArrayList<>();
  private final ListMultimap<String, Double> times = ArrayListMultimap.create();
  private int numbers;

  @Override
  public void take(Trace row, String path) throws TraceException {
    Sample sample = new Sample(row.features(), time(row.outcome(), path), row.outcome().instance());
    numbers += row.features().values().size();
    if (numbers > SampleLimits.NUMBERS) {
      throw new TraceException(
          path, "is beyond the most numbers that all rows may hold, " + SampleLimits.NUMBERS);
    }
    samples.add(sample);
  }

  private double time(Outcome outcome, String path) throws TraceException {
    Map<String, Double> given = outcome.times();
    double time = Double.NaN;
    for (String label : FeatureKeys.TIMES) {
      Double stated = given.get(label);
      if (stated != null) {
        time = checked(stated, path + "." + label);
        times.put(label, time);
      }
    }
    if (given.isEmpty()) {
      throw new TraceException(path, "needs runtime_ms or duration_ms");
    }
    if (given.size() > 1) {
      requireSame(given, path);
    }
    return time;
  }

  private static double checked(double time, String path) throws TraceException {
    if (!Double.isFinite(time)) {
      throw new TraceException(path, "must be a finite number");
    }
    if (time <= 0 || time > LONGEST_MS) {
      throw new TraceException(path, time <= 0 ? "must be > 0" : "must be at most 1e12");
    }
    return time;
  }

  private static void requireSame(Map<String, Double> given, String path) throws TraceException {
    double runtime = given.getOrDefault(FeatureKeys.TIMES.getFirst(), 0.0);
    double duration = given.getOrDefault(FeatureKeys.TIMES.getLast(), 0.0);
    if (Math.abs(runtime - duration) > SAME_TIME * Math.max(runtime, duration)) {
      throw new TraceException(
          path,
          "runtime_ms is %s and duration_ms is %s: both are the time in ms"
              .formatted(runtime, duration));
    }
  }

  /// Rows taken so far.
  public int size() {
    return samples.size();
  }

  /// The samples, in the order of their rows; notes when they are too few or of mixed units.
  ///
  /// @param path path of the list
  public List<Sample> finish(String path, Faults faults) {
    if (faults.areNone() && samples.size() < TrainingSettings.LEAST_SAMPLES) {
      faults.add(
          path,
          "at least %d rows are needed, not %d"
              .formatted(TrainingSettings.LEAST_SAMPLES, samples.size()));
    }
    if (faults.areNone() && times.keySet().size() > 1) {
      double runtime = Quantiles.median().compute(times.get(FeatureKeys.TIMES.getFirst()));
      double duration = Quantiles.median().compute(times.get(FeatureKeys.TIMES.getLast()));
      if (Math.max(runtime, duration) > OTHER_UNIT * Math.min(runtime, duration)) {
        faults.add(
            path,
            "mixed units: rows with runtime_ms have a median of %s and rows with duration_ms one of %s; both are in ms"
                .formatted(runtime, duration));
      }
    }
    return List.copyOf(samples);
  }
}
