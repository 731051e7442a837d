package io.swarmpilot.scheduler.service;

import io.swarmpilot.proto.scheduler.v1.ModelQueue;
import io.swarmpilot.scheduler.core.InstanceSnapshot;
import io.swarmpilot.scheduler.core.InstanceState;
import io.swarmpilot.scheduler.core.PoolSnapshot;
import io.swarmpilot.scheduler.view.SchedulerView;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// The central queues as users see them: those in which something waits, and the empty ones of the
/// models that have instances.
///
/// @param view what readers see
/// @param now the moment, monotonic nanoseconds
record ModelQueues(SchedulerView view, long now) {
  private static final double NANOS_PER_MS = 1e6;

  /// The queue of a model, or of every model when it is "", by name.
  List<ModelQueue> of(String wanted) {
    SortedSet<String> models = new TreeSet<>();
    view.fleet().instances().forEach(instance -> models.add(instance.model()));
    view.queues().queues().forEach(queue -> models.add(queue.model()));
    models.remove("");
    return models.stream()
        .filter(model -> wanted.isEmpty() || wanted.equals(model))
        .map(this::encode)
        .toList();
  }

  private ModelQueue encode(String model) {
    List<InstanceSnapshot> serving =
        view.fleet().instances().stream()
            .filter(instance -> instance.model().equals(model))
            .filter(instance -> instance.state() == InstanceState.AVAILABLE)
            .toList();
    Optional<PoolSnapshot> queue = view.queues().find(model);
    ModelQueue.Builder encoded =
        ModelQueue.newBuilder()
            .setModelName(model)
            .setQueuedTasks(queue.map(PoolSnapshot::queued).orElse(0))
            .setOldestWaitMs(
                queue.map(q -> Math.max(0, now - q.oldest()) / NANOS_PER_MS).orElse(0.0))
            .setSlots(serving.stream().mapToInt(instance -> instance.status().slots()).sum());
    queue
        .map(q -> Waiting.of(q, now))
        .or(() -> soonest(serving))
        .filter(waiting -> Double.isFinite(waiting.meanMs()))
        .ifPresent(waiting ->
            encoded.setWaitingTimeExpect(waiting.meanMs()).setWaitingTimeError(waiting.errorMs()));
    return encoded.build();
  }

  private Optional<Waiting> soonest(List<InstanceSnapshot> serving) {
    return serving.stream()
        .map(instance -> Waiting.of(instance, view.queues(), now))
        .min(Comparator.comparingDouble(Waiting::meanMs));
  }
}
