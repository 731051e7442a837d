package io.swarmpilot.gateway.special;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.swarmpilot.proto.predictor.v1.IntervalCoverage;
import io.swarmpilot.proto.predictor.v1.KeyAccuracy;
import io.swarmpilot.proto.predictor.v1.ListAccuraciesResponse;
import io.swarmpilot.proto.predictor.v1.PredictorCounters;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// Accuracy as metrics: times in seconds, one series a key.
final class AccuracyMetrics {
  private static final String PREFIX = "swarmpilot_predictor_";
  private static final String KEY = "model_key";
  private static final double MS_PER_SECOND = 1_000;

  private final List<KeyAccuracy> keys;
  private final MetricSnapshots.Builder metrics = MetricSnapshots.builder();

  private AccuracyMetrics(List<KeyAccuracy> keys) {
    this.keys = keys;
  }

  static MetricSnapshots of(ListAccuraciesResponse accuracies) {
    AccuracyMetrics metrics = new AccuracyMetrics(accuracies.getAccuraciesList());
    metrics.addKeys();
    metrics.addCounters(accuracies.getCounters());
    return metrics.metrics.build();
  }

  private void addKeys() {
    addCoverage();
    addStates();
    seconds("pinball_loss", "Mean pinball loss of recent predictions.", KeyAccuracy::getPinballMs);
    seconds(
        "crps",
        "Mean continuous ranked probability score of recent predictions.",
        KeyAccuracy::getCrpsMs);
    seconds("bias", "Mean of actual minus predicted mean.", KeyAccuracy::getBiasMs);
    seconds("absolute_error", "Mean distance of actual to predicted mean.", KeyAccuracy::getMaeMs);
    seconds("sharpness", "Mean width of the central 90 % interval.", KeyAccuracy::getSharpnessMs);
    gauge(
        "relative_error_ratio",
        "Mean distance of actual to predicted median, as a share of the actual.",
        KeyAccuracy::getMape);
    gauge("slowdown_ratio", "Recent slowdown of a typical instance.", KeyAccuracy::getSlowdown);
    gauge("model_version", "Version of the model in force, 0 without.", KeyAccuracy::getVersion);
    CounterSnapshot.Builder executions =
        CounterSnapshot.builder().name(PREFIX + "executions").help("Executions that were judged.");
    for (KeyAccuracy key : keys) {
      executions.dataPoint(point(key.getExecutionsTotal(), Labels.of(KEY, key.getModelKey())));
    }
    metrics.metricSnapshot(executions.build());
  }

  private void addCoverage() {
    GaugeSnapshot.Builder coverage =
        GaugeSnapshot.builder()
            .name(PREFIX + "interval_coverage_ratio")
            .help("Share of recent executions within the central interval of a level.");
    for (KeyAccuracy key : keys) {
      for (IntervalCoverage interval : key.getCoverageList()) {
        String level = Double.toString(interval.getLevel());
        coverage.dataPoint(
            gaugePoint(interval.getObserved(), Labels.of(KEY, key.getModelKey(), "level", level)));
      }
    }
    metrics.metricSnapshot(coverage.build());
  }

  private void addStates() {
    GaugeSnapshot.Builder states =
        GaugeSnapshot.builder()
            .name(PREFIX + "state")
            .help("1 for the state that predictions are in.");
    for (KeyAccuracy key : keys) {
      states.dataPoint(gaugePoint(1, Labels.of(KEY, key.getModelKey(), "state", key.getState())));
    }
    metrics.metricSnapshot(states.build());
  }

  private void seconds(String name, String help, ToDoubleFunction<KeyAccuracy> milliseconds) {
    gauge(name + "_seconds", help, key -> milliseconds.applyAsDouble(key) / MS_PER_SECOND);
  }

  private void gauge(String name, String help, ToDoubleFunction<KeyAccuracy> value) {
    GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(PREFIX + name).help(help);
    for (KeyAccuracy key : keys) {
      gauge.dataPoint(gaugePoint(value.applyAsDouble(key), Labels.of(KEY, key.getModelKey())));
    }
    metrics.metricSnapshot(gauge.build());
  }

  private void addCounters(PredictorCounters counters) {
    counter("executions_learned", "Reported executions.", counters.getExecutionsLearned());
    counter(
        "executions_dropped",
        "Reported executions that could not be kept for training.",
        counters.getExecutionsDropped());
    counter("cache_hits", "Predictions that were remembered.", counters.getCacheHits());
    counter("cache_misses", "Predictions a model had to be asked for.", counters.getCacheMisses());
  }

  private void counter(String name, String help, long value) {
    metrics.metricSnapshot(
        CounterSnapshot.builder()
            .name(PREFIX + name)
            .help(help)
            .dataPoint(point(value, Labels.EMPTY))
            .build());
  }

  private static CounterDataPointSnapshot point(long value, Labels labels) {
    return CounterDataPointSnapshot.builder().value((double) value).labels(labels).build();
  }

  private static GaugeDataPointSnapshot gaugePoint(double value, Labels labels) {
    return GaugeDataPointSnapshot.builder().value(value).labels(labels).build();
  }
}
