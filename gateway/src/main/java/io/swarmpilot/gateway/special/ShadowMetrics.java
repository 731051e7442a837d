package io.swarmpilot.gateway.special;

import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.swarmpilot.proto.scheduler.v1.ListShadowsResponse;
import io.swarmpilot.proto.scheduler.v1.PolicyFigures;
import io.swarmpilot.proto.scheduler.v1.ShadowReport;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/// Figures of shadows as metrics: for each shadow those of its strategy, and those of the live mesh
/// for the same tasks. What there is nothing to tell of has no series.
final class ShadowMetrics {
  private static final String PREFIX = "swarmpilot_shadow_";
  private static final double MS_A_SECOND = 1_000;

  private final MetricSnapshots.Builder metrics;
  private final ListShadowsResponse shadows;

  private ShadowMetrics(MetricSnapshots.Builder metrics, ListShadowsResponse shadows) {
    this.metrics = metrics;
    this.shadows = shadows;
  }

  static void addTo(MetricSnapshots.Builder metrics, ListShadowsResponse shadows) {
    new ShadowMetrics(metrics, shadows).add();
  }

  private void add() {
    figures("tasks", "Tasks that the figures are about.", all -> true, PolicyFigures::getTasks);
    figures("dropped_tasks", "Those without a result.", all -> true, PolicyFigures::getDropped);
    figures(
        "wait_mean_seconds",
        "Mean time from submission to the start.",
        figures -> figures.getWait().hasMeanMs(),
        figures -> figures.getWait().getMeanMs() / MS_A_SECOND);
    figures(
        "wait_p99_seconds",
        "99th percentile of it.",
        figures -> figures.getWait().hasP99Ms(),
        figures -> figures.getWait().getP99Ms() / MS_A_SECOND);
    figures(
        "response_mean_seconds",
        "Mean time from submission to the end.",
        figures -> figures.getResponse().hasMeanMs(),
        figures -> figures.getResponse().getMeanMs() / MS_A_SECOND);
    figures(
        "response_p99_seconds",
        "99th percentile of it.",
        figures -> figures.getResponse().hasP99Ms(),
        figures -> figures.getResponse().getP99Ms() / MS_A_SECOND);
    figures(
        "slowdown_mean_ratio",
        "Mean response time over the time alone on the fastest hardware.",
        PolicyFigures::hasSlowdownMean,
        PolicyFigures::getSlowdownMean);
    figures(
        "within_3x_ratio",
        "Share of tasks with a slowdown of at most 3.",
        PolicyFigures::hasWithin3X,
        PolicyFigures::getWithin3X);
    figures(
        "within_5x_ratio",
        "Share of tasks with a slowdown of at most 5.",
        PolicyFigures::hasWithin5X,
        PolicyFigures::getWithin5X);
    figures(
        "objective_met_ratio",
        "Share of tasks with an objective that met it.",
        PolicyFigures::hasObjectiveMet,
        PolicyFigures::getObjectiveMet);
    state("lag_seconds", "How far virtual time is behind.", ShadowReport::getLagSeconds);
    state(
        "assumed_tasks",
        "Tasks compared that took their predicted time.",
        report -> (double) report.getAssumedTasks());
  }

  private void figures(
      String name,
      String help,
      Predicate<PolicyFigures> known,
      ToDoubleFunction<PolicyFigures> of) {
    GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(PREFIX + name).help(help);
    for (ShadowReport report : shadows.getShadowsList()) {
      add(gauge, report, "shadow", report.getShadow(), known, of);
      add(gauge, report, "live", report.getLive(), known, of);
    }
    metrics.metricSnapshot(gauge.build());
  }

  private static void add(
      GaugeSnapshot.Builder gauge,
      ShadowReport report,
      String side,
      PolicyFigures figures,
      Predicate<PolicyFigures> known,
      ToDoubleFunction<PolicyFigures> of) {
    if (known.test(figures)) {
      gauge.dataPoint(
          GaugeDataPointSnapshot.builder()
              .value(of.applyAsDouble(figures))
              .labels(labels(report, side))
              .build());
    }
  }

  private void state(String name, String help, ToDoubleFunction<ShadowReport> of) {
    GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(PREFIX + name).help(help);
    for (ShadowReport report : shadows.getShadowsList()) {
      gauge.dataPoint(
          GaugeDataPointSnapshot.builder()
              .value(of.applyAsDouble(report))
              .labels(labels(report, "shadow"))
              .build());
    }
    metrics.metricSnapshot(gauge.build());
  }

  private static Labels labels(ShadowReport report, String side) {
    return Labels.of("shadow", report.getName(), "strategy", report.getStrategy(), "side", side);
  }
}
