package io.swarmpilot.gateway.special;

import com.google.common.primitives.Doubles;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.swarmpilot.proto.scheduler.v1.GetStatisticsResponse;
import io.swarmpilot.proto.scheduler.v1.Histogram;
import io.swarmpilot.proto.scheduler.v1.ListShadowsResponse;
import io.swarmpilot.proto.scheduler.v1.PredictionFaults;
import io.swarmpilot.proto.scheduler.v1.QueuedTasks;

/// A scheduler's counts as metrics: times in seconds.
final class StatisticsMetrics {
  private static final String PREFIX = "swarmpilot_scheduler_";

  private final MetricSnapshots.Builder metrics = MetricSnapshots.builder();

  private StatisticsMetrics() {}

  static MetricSnapshots of(GetStatisticsResponse counts, ListShadowsResponse shadows) {
    StatisticsMetrics page = new StatisticsMetrics();
    page.addTasks(counts);
    page.addDecisions(counts);
    page.addFaults(counts.getPredictionFaults());
    page.addTimes(
        "wait", "Time from submission to the start, of tasks that succeeded.", counts.getWait());
    page.addTimes(
        "response",
        "Time from submission to the end, of tasks that succeeded.",
        counts.getResponse());
    page.addInstances(counts);
    ShadowMetrics.addTo(page.metrics, shadows);
    return page.metrics.build();
  }

  private void addTasks(GetStatisticsResponse counts) {
    counter("tasks_accepted", "Tasks accepted.", counts.getAcceptedTasks());
    metrics.metricSnapshot(
        CounterSnapshot.builder()
            .name(PREFIX + "tasks_completed")
            .help("Tasks that ended, by outcome.")
            .dataPoint(point(counts.getSucceededTasks(), Labels.of("outcome", "succeeded")))
            .dataPoint(point(counts.getFailedTasks(), Labels.of("outcome", "failed")))
            .build());
    long queued = counts.getQueuesList().stream().mapToLong(QueuedTasks::getTasks).sum();
    metrics.metricSnapshot(
        GaugeSnapshot.builder()
            .name(PREFIX + "tasks")
            .help("Live tasks, by state.")
            .dataPoint(gauge(queued, Labels.of("state", "queued")))
            .dataPoint(gauge(counts.getScheduledTasks(), Labels.of("state", "scheduled")))
            .build());
    GaugeSnapshot.Builder queues =
        GaugeSnapshot.builder().name(PREFIX + "queue_length").help("Tasks waiting, by model.");
    counts
        .getQueuesList()
        .forEach(queue ->
            queues.dataPoint(gauge(queue.getTasks(), Labels.of("model", queue.getModelName()))));
    metrics.metricSnapshot(queues.build());
    counter(
        "results_dropped",
        "Completed tasks forgotten before their time, for want of room.",
        counts.getDroppedResults());
  }

  private void addDecisions(GetStatisticsResponse counts) {
    counter("decisions", "Tasks given to an instance, attempts counted.", counts.getDecisions());
    counter(
        "strategy_fallbacks",
        "Decisions that another strategy made because the one in force failed.",
        counts.getStrategyFallbacks());
    counter("tasks_released", "Tasks taken from their instance.", counts.getReleasedTasks());
    counter("commands", "Commands that the decision thread handled.", counts.getCommands());
    counter("busy_seconds", "Time that took.", counts.getBusySeconds());
    counter("events_lost", "Events that shadows could not follow.", counts.getLostEvents());
    metrics.metricSnapshot(
        GaugeSnapshot.builder()
            .name(PREFIX + "strategy")
            .help("1 for the strategy in force.")
            .dataPoint(gauge(1, Labels.of("strategy", counts.getStrategy())))
            .build());
  }

  private void addFaults(PredictionFaults faults) {
    counter(
        "prediction_fallbacks",
        "Tasks placed by something simpler than a prediction.",
        faults.getFallbacks());
    metrics.metricSnapshot(
        CounterSnapshot.builder()
            .name(PREFIX + "prediction_faults")
            .help("What kept the predictor from being of use, by kind.")
            .dataPoint(point(faults.getFailed(), Labels.of("kind", "failed")))
            .dataPoint(point(faults.getMalformed(), Labels.of("kind", "malformed")))
            .dataPoint(point(faults.getLate(), Labels.of("kind", "late")))
            .dataPoint(point(faults.getSkipped(), Labels.of("kind", "skipped")))
            .build());
  }

  private void addTimes(String name, String help, Histogram times) {
    double[] bounds =
        Doubles.concat(
            Doubles.toArray(times.getBoundsList()), new double[] {Double.POSITIVE_INFINITY});
    long[] counts = times.getCountsList().stream().mapToLong(Long::longValue).toArray();
    if (counts.length == bounds.length) {
      metrics.metricSnapshot(
          HistogramSnapshot.builder()
              .name(PREFIX + name + "_seconds")
              .help(help)
              .dataPoint(
                  HistogramDataPointSnapshot.builder()
                      .classicHistogramBuckets(ClassicHistogramBuckets.of(bounds, counts))
                      .sum(times.getSum())
                      .build())
              .build());
    }
  }

  private void addInstances(GetStatisticsResponse counts) {
    GaugeSnapshot.Builder instances =
        GaugeSnapshot.builder().name(PREFIX + "instances").help("Instances, by state.");
    counts
        .getInstancesMap()
        .forEach((state, count) -> instances.dataPoint(gauge(count, Labels.of("state", state))));
    metrics.metricSnapshot(instances.build());
  }

  private void counter(String name, String help, Number value) {
    metrics.metricSnapshot(
        CounterSnapshot.builder()
            .name(PREFIX + name)
            .help(help)
            .dataPoint(point(value, Labels.EMPTY))
            .build());
  }

  private static CounterDataPointSnapshot point(Number value, Labels labels) {
    return CounterDataPointSnapshot.builder().value(value.doubleValue()).labels(labels).build();
  }

  private static GaugeDataPointSnapshot gauge(Number value, Labels labels) {
    return GaugeDataPointSnapshot.builder().value(value.doubleValue()).labels(labels).build();
  }
}
