package io.swarmpilot.taskinstance.queue;

import io.swarmpilot.taskinstance.backend.EngineLoad;
import io.swarmpilot.taskinstance.backend.Software;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The instance's work at a moment.
///
/// @param model model that runs; null when none does
/// @param backend name of the backend that runs it, or ""
/// @param software what runs it, with empty names when nothing does
/// @param replicas every replica, those that are stopping included
/// @param slots tasks that can run at the same moment
/// @param gpus GPUs of the replicas that take tasks
/// @param pending tasks that wait
/// @param running tasks that execute
/// @param draining whether no new tasks are taken because the instance is shutting down
public record QueueView(
    @Nullable String model,
    String backend,
    Software software,
    List<ReplicaView> replicas,
    int slots,
    int gpus,
    int pending,
    int running,
    boolean draining) {
  /// Replicas that take tasks.
  public int replicasRunning() {
    return (int) replicas.stream().filter(ReplicaView::isReady).count();
  }

  /// Tasks pending and running.
  public int queueSize() {
    return pending + running;
  }

  /// How busy the engines of the replicas that take tasks say they are; an engine that several of
  /// them share counts once.
  public Optional<EngineLoad> load() {
    return replicas.stream()
        .filter(ReplicaView::isReady)
        .flatMap(replica -> replica.load().stream())
        .collect(Collectors.toMap(EngineLoad::source, Function.identity(), (one, _) -> one))
        .values()
        .stream()
        .reduce(EngineLoad::plus);
  }
}
