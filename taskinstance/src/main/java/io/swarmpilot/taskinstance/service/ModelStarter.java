package io.swarmpilot.taskinstance.service;

import io.swarmpilot.taskinstance.backend.BackendRegistry;
import io.swarmpilot.taskinstance.backend.Replica;
import io.swarmpilot.taskinstance.backend.ReplicaSpec;
import io.swarmpilot.taskinstance.queue.Replicas;
import io.swarmpilot.taskinstance.queue.Reservation;
import io.swarmpilot.taskinstance.queue.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Opens replicas: all that are wanted, or none.
public final class ModelStarter {
  private final BackendRegistry backends;
  private final Replicas replicas;
  private final Workers workers;

  /// A starter that opens replicas on the threads their backend asks for.
  public ModelStarter(BackendRegistry backends, Replicas replicas, Workers workers) {
    this.backends = backends;
    this.replicas = replicas;
    this.workers = workers;
  }

  /// Opens `count` replicas and lets them take tasks; ends with how many run then. Fails with a
  /// [io.swarmpilot.runtime.error.MeshException] when they cannot be had, which changes nothing.
  public CompletionStage<Integer> start(ReplicaSpec spec, int count, int gpusEach) {
    Reservation reserved;
    try {
      ReplicaSpec full = likeTheRunning(spec);
      reserved = replicas.reserve(new Reservation(full, backends.find(full), count, gpusEach));
    } catch (RuntimeException e) {
      return CompletableFuture.failedStage(e);
    }
    try {
      return CompletableFuture.supplyAsync(
          () -> open(reserved), workers.of(reserved.backend().workload()));
    } catch (RuntimeException e) {
      replicas.release(reserved);
      return CompletableFuture.failedStage(e);
    }
  }

  /// Further replicas of the model that runs are like those, unless the caller says otherwise.
  private ReplicaSpec likeTheRunning(ReplicaSpec spec) {
    return spec.config().isEmpty()
        ? replicas
            .spec()
            .filter(running -> running.modelType().equals(spec.modelType()))
            .orElse(spec)
        : spec;
  }

  private int open(Reservation reserved) {
    List<Replica> opened = new ArrayList<>(reserved.count());
    boolean started = false;
    try {
      for (ReplicaSpec spec : reserved.specs()) {
        opened.add(reserved.backend().open(spec));
      }
      int running = replicas.start(reserved, opened);
      started = true;
      return running;
    } finally {
      if (!started) {
        replicas.release(reserved);
        opened.forEach(Replica::close);
      }
    }
  }
}
