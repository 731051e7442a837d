package io.swarmpilot.taskinstance.service;

import io.swarmpilot.runtime.error.MeshException;
import io.swarmpilot.taskinstance.backend.BackendRegistry;
import io.swarmpilot.taskinstance.backend.ReplicaSpec;
import io.swarmpilot.taskinstance.queue.Replicas;
import io.swarmpilot.taskinstance.queue.Reservation;
import io.swarmpilot.taskinstance.queue.Workers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Opens replicas: all that are wanted, or none.
public final class ModelStarter {
  private final BackendRegistry backends;
  private final Replicas replicas;
  private final Workers workers;
  private final boolean commandsAllowed;

  /// A starter that opens replicas on the threads their backend asks for.
  ///
  /// @param commandsAllowed whether callers may have programs run that they name
  public ModelStarter(
      BackendRegistry backends, Replicas replicas, Workers workers, boolean commandsAllowed) {
    this.backends = backends;
    this.replicas = replicas;
    this.workers = workers;
    this.commandsAllowed = commandsAllowed;
  }

  /// The same as [#start] for a caller who may be anybody: what only the operator may ask for is
  /// refused with INVALID_FIELD.
  public CompletionStage<Integer> startOnRequest(ReplicaSpec spec, int count, int gpusEach) {
    try {
      boolean own = !spec.config().isEmpty() && backends.find(spec).runsCommands();
      if (own && !commandsAllowed) {
        throw MeshException.invalid(
            "config.backend",
            "runs programs that the caller names, which this instance was not started for: its"
                + " operator can, with --allow-process");
      }
    } catch (RuntimeException e) {
      return CompletableFuture.failedStage(e);
    }
    return start(spec, count, gpusEach);
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
    OpenReplicas opened = new OpenReplicas();
    boolean started = false;
    try {
      opened.open(reserved, workers);
      int running = replicas.start(reserved, opened.all());
      started = true;
      return running;
    } finally {
      if (!started) {
        opened.abandon();
        replicas.release(reserved);
      }
    }
  }
}
