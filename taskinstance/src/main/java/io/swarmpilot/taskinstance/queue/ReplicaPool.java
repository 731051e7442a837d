package io.swarmpilot.taskinstance.queue;

import io.swarmpilot.runtime.error.ErrorReason;
import io.swarmpilot.runtime.error.MeshException;
import io.swarmpilot.taskinstance.backend.Replica;
import io.swarmpilot.taskinstance.backend.ReplicaSpec;
import io.swarmpilot.taskinstance.backend.Software;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// The replicas, all of one model: those that run, those that are stopping, and room reserved for
/// those that are being opened. Owned by [QueueState].
final class ReplicaPool {
  static final int MAX_REPLICAS = 1_024;

  private final List<RunningReplica> replicas = new ArrayList<>();
  private final int gpus;
  private @Nullable Reservation current;
  private int reserved;
  private int reservedGpus;
  private int lastNumber;

  ReplicaPool(int gpus) {
    this.gpus = gpus;
  }

  /// Makes room for replicas that are about to be opened.
  void reserve(Reservation wanted) {
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
    reservedGpus += wanted.gpus();
  }

  /// Gives the room back.
  void release(Reservation wanted) {
    reserved -= wanted.count();
    reservedGpus -= wanted.gpus();
    forgetModelWhenUnused();
  }

  /// Turns reserved room into running replicas.
  void add(Reservation wanted, List<Replica> opened) {
    reserved -= wanted.count();
    reservedGpus -= wanted.gpus();
    current = wanted;
    for (Replica replica : opened) {
      String id = "replica-" + ++lastNumber;
      replicas.add(new RunningReplica(id, replica, wanted.backend().workload(), wanted.gpusEach()));
    }
  }

  /// The replicas to stop: idle ones first, then the oldest.
  List<RunningReplica> choose(int count) {
    return replicas.stream()
        .filter(replica -> !replica.isStopping())
        .sorted(Comparator.comparingInt(replica -> replica.tasks.isEmpty() ? 0 : 1))
        .limit(count)
        .toList();
  }

  void remove(RunningReplica replica) {
    replicas.remove(replica);
    forgetModelWhenUnused();
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
    return (int) replicas.stream().filter(replica -> !replica.isStopping()).count();
  }

  /// Tasks that can run at the same moment.
  int slots() {
    return sum(replica -> replica.replica().slots());
  }

  /// GPUs of the replicas that take tasks.
  int gpus() {
    return sum(RunningReplica::gpus);
  }

  private int sum(ToIntFunction<RunningReplica> amount) {
    return replicas.stream().filter(replica -> !replica.isStopping()).mapToInt(amount).sum();
  }

  /// The model that runs, or null.
  @Nullable String runningModel() {
    Reservation runs = current;
    return runs == null || running() == 0 ? null : runs.model();
  }

  /// Name of the backend that runs it, or "".
  String backend() {
    Reservation runs = current;
    return runs == null || running() == 0 ? "" : runs.backend().name();
  }

  /// What the replicas are, those that are opening or stopping included; null without any.
  @Nullable ReplicaSpec spec() {
    Reservation runs = current;
    return runs == null ? null : runs.spec();
  }

  Software software() {
    return replicas.stream()
        .filter(replica -> !replica.isStopping())
        .findFirst()
        .map(replica -> replica.replica().software())
        .orElse(new Software("", ""));
  }

  private void requireGpus(int wanted) {
    int used = reservedGpus + replicas.stream().mapToInt(RunningReplica::gpus).sum();
    int free = gpus - used;
    if (wanted > free) {
      throw MeshException.of(
              ErrorReason.INSUFFICIENT_RESOURCES,
              wanted + " GPU(s) are needed, " + free + " of " + gpus + " are free here")
          .with("missing", "gpu");
    }
  }

  private MeshException describeMismatch(Reservation wanted, Reservation occupant) {
    String instead = running() + reserved > 0 ? "runs here; stop it first" : "is still stopping";
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
