package io.swarmpilot.taskinstance.service;

import io.swarmpilot.taskinstance.backend.Replica;
import io.swarmpilot.taskinstance.backend.ReplicaSpec;
import io.swarmpilot.taskinstance.backend.Workload;
import io.swarmpilot.taskinstance.queue.Reservation;
import io.swarmpilot.taskinstance.queue.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/// The replicas of one request while they are being opened: all of them, or none.
final class OpenReplicas {
  private final List<Replica> opened = new ArrayList<>();

  /// Opens those that a reservation is for, those that mostly wait side by side. Blocks until each
  /// is open or failed; fails as the first one that failed did.
  void open(Reservation reserved, Workers workers) {
    boolean together = reserved.backend().workload() == Workload.WAITING;
    Executor executor = together ? workers.waiting() : Runnable::run;
    List<CompletableFuture<Replica>> openings = new ArrayList<>();
    for (ReplicaSpec spec : reserved.specs()) {
      openings.add(CompletableFuture.supplyAsync(() -> reserved.backend().open(spec), executor));
    }
    CompletionException failure = null;
    for (CompletableFuture<Replica> opening : openings) {
      try {
        opened.add(opening.join());
      } catch (CompletionException e) {
        failure = failure == null ? e : failure;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  /// Those that are open, in the order of the reservation.
  List<Replica> all() {
    return opened;
  }

  /// Closes them again.
  void abandon() {
    opened.forEach(Replica::close);
  }
}
