package io.swarmpilot.scheduler.service;

import io.grpc.stub.StreamObserver;
import io.swarmpilot.proto.scheduler.v1.GetStatisticsRequest;
import io.swarmpilot.proto.scheduler.v1.GetStatisticsResponse;
import io.swarmpilot.proto.scheduler.v1.Histogram;
import io.swarmpilot.proto.scheduler.v1.PredictionFaults;
import io.swarmpilot.proto.scheduler.v1.QueuedTasks;
import io.swarmpilot.proto.scheduler.v1.StatisticsServiceGrpc.StatisticsServiceImplBase;
import io.swarmpilot.runtime.grpc.Unary;
import io.swarmpilot.scheduler.core.InstanceSnapshot;
import io.swarmpilot.scheduler.core.PoolSnapshot;
import io.swarmpilot.scheduler.predict.PredictorFaults;
import io.swarmpilot.scheduler.statistics.Statistics;
import io.swarmpilot.scheduler.statistics.TimeHistogram;
import io.swarmpilot.scheduler.view.SchedulerView;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/// The gRPC service that tells what the scheduler has done.
public final class StatisticsEndpoint extends StatisticsServiceImplBase {
  private final Statistics statistics;
  private final SchedulerView view;
  private final PredictorFaults faults;
  private final LongSupplier lostEvents;

  /// @param lostEvents events that could not be followed
  public StatisticsEndpoint(
      Statistics statistics, SchedulerView view, PredictorFaults faults, LongSupplier lostEvents) {
    this.statistics = statistics;
    this.view = view;
    this.faults = faults;
    this.lostEvents = lostEvents;
  }

  @Override
  public void getStatistics(
      GetStatisticsRequest request, StreamObserver<GetStatisticsResponse> observer) {
    Unary.answer(observer, this::answer);
  }

  private GetStatisticsResponse answer() {
    Collection<PoolSnapshot> queues = List.copyOf(view.queues().queues());
    long queued = queues.stream().mapToLong(PoolSnapshot::queued).sum();
    return GetStatisticsResponse.newBuilder()
        .setStatus("success")
        .setStrategy(view.settings().strategy())
        .setAcceptedTasks(statistics.accepted())
        .setSucceededTasks(statistics.succeeded())
        .setFailedTasks(statistics.failed())
        .setScheduledTasks(Math.max(0, view.tasks().live() - queued))
        .addAllQueues(queues.stream().map(StatisticsEndpoint::queue).toList())
        .setDecisions(statistics.decisions())
        .setStrategyFallbacks(statistics.fallbacks())
        .setReleasedTasks(statistics.released())
        .setCommands(statistics.commands())
        .setBusySeconds(statistics.busySeconds())
        .setWait(histogram(statistics.waits()))
        .setResponse(histogram(statistics.responses()))
        .setPredictionFaults(faults())
        .setDroppedResults(view.tasks().dropped())
        .putAllInstances(instances())
        .setLostEvents(lostEvents.getAsLong())
        .build();
  }

  private Map<String, Integer> instances() {
    return view.fleet().instances().stream()
        .map(InstanceSnapshot::state)
        .collect(
            Collectors.groupingBy(
                state -> state.name().toLowerCase(Locale.ROOT), Collectors.summingInt(state -> 1)));
  }

  private PredictionFaults faults() {
    return PredictionFaults.newBuilder()
        .setFallbacks(faults.fallbacks())
        .setFailed(faults.failed())
        .setMalformed(faults.malformed())
        .setLate(faults.late())
        .setSkipped(faults.skipped())
        .build();
  }

  private static QueuedTasks queue(PoolSnapshot pool) {
    return QueuedTasks.newBuilder().setModelName(pool.model()).setTasks(pool.queued()).build();
  }

  private static Histogram histogram(TimeHistogram times) {
    return Histogram.newBuilder()
        .addAllBounds(times.bounds().asList())
        .addAllCounts(times.counts().asList())
        .setSum(times.sum())
        .build();
  }
}
