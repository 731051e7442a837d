package io.swarmpilot.scheduler.service;

import io.swarmpilot.proto.scheduler.v1.PolicyFigures;
import io.swarmpilot.proto.scheduler.v1.ShadowReport;
import io.swarmpilot.proto.scheduler.v1.Times;
import io.swarmpilot.scheduler.shadow.Figures;
import java.util.Locale;
import java.util.function.DoubleConsumer;

/// Writes reports on shadows.
final class ShadowReports {
  private static final double NANOS_A_SECOND = 1e9;

  private ShadowReports() {}

  static ShadowReport encode(io.swarmpilot.scheduler.shadow.ShadowReport report) {
    return ShadowReport.newBuilder()
        .setName(report.terms().name())
        .setStrategy(report.terms().strategy())
        .setState(report.state().name().toLowerCase(Locale.ROOT))
        .setStartedTime(report.terms().startedUnix())
        .setWindowTasks(report.terms().window())
        .setComparedTasks(report.compared())
        .setOpenTasks(report.open())
        .setExcludedTasks(report.excluded())
        .setAssumedTasks(report.assumed())
        .setLagSeconds(report.lag() / NANOS_A_SECOND)
        .setRestarts(report.restarts())
        .setFaults(report.faults())
        .setLive(figures(report.live()))
        .setShadow(figures(report.shadow()))
        .build();
  }

  private static PolicyFigures figures(Figures figures) {
    PolicyFigures.Builder message =
        PolicyFigures.newBuilder()
            .setTasks(figures.tasks())
            .setDropped(figures.dropped())
            .setWait(times(figures.waiting()))
            .setResponse(times(figures.response()))
            .setTasksWithObjective(figures.withObjective());
    set(figures.slowdownMean(), message::setSlowdownMean);
    set(figures.slowdownP99(), message::setSlowdownP99);
    set(figures.within3x(), message::setWithin3X);
    set(figures.within5x(), message::setWithin5X);
    set(figures.metObjective(), message::setObjectiveMet);
    return message.build();
  }

  private static Times times(Figures.Times times) {
    Times.Builder message = Times.newBuilder();
    set(times.mean(), message::setMeanMs);
    set(times.p50(), message::setP50Ms);
    set(times.p95(), message::setP95Ms);
    set(times.p99(), message::setP99Ms);
    set(times.most(), message::setMaxMs);
    return message.build();
  }

  private static void set(double value, DoubleConsumer setter) {
    if (!Double.isNaN(value)) {
      setter.accept(value);
    }
  }
}
