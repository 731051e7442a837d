package io.swarmpilot.taskinstance.queue;

import io.swarmpilot.runtime.error.ErrorReason;
import io.swarmpilot.runtime.error.MeshException;
import io.swarmpilot.taskinstance.backend.Replica;
import io.swarmpilot.taskinstance.backend.ReplicaSpec;
import io.swarmpilot.taskinstance.backend.Software;
import io.swarmpilot.taskinstance.gpu.GpuLedger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The replicas, all of one model: those that run, those that are stopping, and room reserved for
/// those that are being opened. Owned by [QueueState].
final class ReplicaPool {
  static final int MAX_REPLICAS = 1_024;

  private final List<RunningReplica> replicas = new ArrayList<>();
  private final GpuLedger gpus;
  private @Nullable Reservation current;
  private int reserved;
  private int lastNumber;

  ReplicaPool(int gpus) {
    this.gpus = new GpuLedger(gpus);
  }

  /// Makes room for replicas that are about to be opened; returns it with the GPUs it has.
  Reservation reserve(Reservation wanted) {
    Reservation occupant = current;
    if (occupant != null && !isAlike(wanted, occupant)) {
      throw describeMismatch(wanted, occupant);
    }
    if (replicas.size() + reserved + wanted.count() > MAX_REPLICAS) {
      throw MeshException.of(
          ErrorReason.INSUFFICIENT_RESOURCES, "At most " + MAX_REPLICAS + " replicas can run here");
    }
    requireGpus(wanted.gpus());
    current = occupant == null ? wanted : occupant;
    reserved += wanted.count();
    return wanted.with(gpus.take(wanted.gpus()));
  }

  /// Gives the room back.
  void release(Reservation reservation) {
    reserved -= reservation.count();
    gpus.giveBack(reservation.assigned());
    forgetModelWhenUnused();
  }

  /// Turns reserved room into running replicas.
  void add(Reservation reservation, List<Replica> opened) {
    reserved -= reservation.count();
    current = reservation;
    for (int i = 0; i < opened.size(); i++) {
      String id = "replica-" + ++lastNumber;
      replicas.add(
          new RunningReplica(
              id, opened.get(i), reservation.backend().workload(), reservation.gpusOf(i)));
    }
  }

  /// The replicas to stop: those that take no tasks first, then idle ones, then the oldest.
  List<RunningReplica> choose(int count) {
    return replicas.stream()
        .filter(replica -> !replica.isStopping())
        .sorted(
            Comparator.comparing(RunningReplica::isReady)
                .thenComparing(replica -> !replica.tasks.isEmpty()))
        .limit(count)
        .toList();
  }

  /// Forgets a replica that is about to be closed. Its GPUs stay taken until it is.
  void remove(RunningReplica replica) {
    replicas.remove(replica);
    forgetModelWhenUnused();
  }

  /// Notes that a replica is closed and its GPUs are idle.
  void closed(RunningReplica replica) {
    gpus.giveBack(replica.gpus());
  }

  /// The replica with most room for another task, or null.
  @Nullable RunningReplica free() {
    RunningReplica best = null;
    int most = 0;
    for (RunningReplica replica : replicas) {
      int free = replica.freeSlots();
      if (free > most) {
        most = free;
        best = replica;
      }
    }
    return best;
  }

  List<RunningReplica> replicas() {
    return replicas;
  }

  /// Replicas that take tasks.
  int running() {
    return (int) ready().count();
  }

  /// Tasks that can run at the same moment.
  int slots() {
    return sum(replica -> replica.replica().slots());
  }

  /// GPUs of the replicas that take tasks.
  int gpus() {
    return sum(replica -> replica.gpus().size());
  }

  private int sum(ToIntFunction<RunningReplica> amount) {
    return ready().mapToInt(amount).sum();
  }

  private Stream<RunningReplica> ready() {
    return replicas.stream().filter(RunningReplica::isReady);
  }

  private boolean isHosting() {
    return replicas.stream().anyMatch(RunningReplica::isHosted);
  }

  /// The model that runs, or that will again once its engine is back; or null.
  @Nullable String runningModel() {
    Reservation runs = current;
    return runs == null || !isHosting() ? null : runs.model();
  }

  /// Name of the backend that runs it, or "".
  String backend() {
    Reservation runs = current;
    return runs == null || !isHosting() ? "" : runs.backend().name();
  }

  /// What the replicas are, those that are opening or stopping included; null without any.
  @Nullable ReplicaSpec spec() {
    Reservation runs = current;
    return runs == null ? null : runs.spec();
  }

  Software software() {
    return replicas.stream()
        .filter(RunningReplica::isHosted)
        .findFirst()
        .map(replica -> replica.replica().software())
        .orElse(new Software("", ""));
  }

  private void requireGpus(int wanted) {
    int free = gpus.free();
    if (wanted > free) {
      throw MeshException.of(
              ErrorReason.INSUFFICIENT_RESOURCES,
              wanted + " GPU(s) are needed, " + free + " of " + gpus.total() + " are free here")
          .with("missing", "gpu");
    }
  }

  private MeshException describeMismatch(Reservation wanted, Reservation occupant) {
    String instead =
        replicas.stream().anyMatch(replica -> !replica.isStopping()) || reserved > 0
            ? "runs here; stop it first"
            : "is still stopping";
    return MeshException.of(
            ErrorReason.MODEL_MISMATCH,
            "Cannot start '%s' on %s: '%s' on %s %s"
                .formatted(
                    wanted.model(),
                    wanted.backend().name(),
                    occupant.model(),
                    occupant.backend().name(),
                    instead))
        .with("running_model", occupant.model());
  }

  private static boolean isAlike(Reservation one, Reservation other) {
    return one.model().equals(other.model()) && one.backend().name().equals(other.backend().name());
  }

  private void forgetModelWhenUnused() {
    if (replicas.isEmpty() && reserved == 0) {
      current = null;
    }
  }
}
