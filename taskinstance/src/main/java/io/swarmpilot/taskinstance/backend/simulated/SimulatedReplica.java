package io.swarmpilot.taskinstance.backend.simulated;

import io.swarmpilot.runtime.BuildInfo;
import io.swarmpilot.taskinstance.backend.Execution;
import io.swarmpilot.taskinstance.backend.Replica;
import io.swarmpilot.taskinstance.backend.RunFailure;
import io.swarmpilot.taskinstance.backend.Software;

/// A replica that lets time pass.
final class SimulatedReplica implements Replica {
  private static final double NANOS_PER_MS = 1e6;

  private final SimulationSettings settings;
  private final Batch batch = new Batch();
  private final LostTasks lost = new LostTasks();
  private final long opened = System.nanoTime();

  SimulatedReplica(SimulationSettings settings) {
    this.settings = settings;
  }

  @Override
  public Software software() {
    return new Software("simulated", BuildInfo.version());
  }

  @Override
  public int slots() {
    return settings.slots();
  }

  @Override
  public String run(Execution execution) throws RunFailure {
    String input = settings.areInputsRead() ? execution.input() : "{}";
    SimulationSettings.Fate fate =
        spared(
            settings.fate(execution.taskId(), TaskInput.parse(input), ageMs()), execution.taskId());
    SimulatedRun run = new SimulatedRun(fate, settings.faults(), batch, this::ageMs);
    run.pass(execution);
    if (fate.work().tokens() == 0) {
      return "{\"output\":\"simulated\",\"latency_ms\":" + fate.work().aloneMs() + "}";
    }
    execution.output().tokens(fate.work().promptTokens(), fate.work().tokens());
    return "{\"output\":\"simulated\",\"latency_ms\":%s,\"tokens\":%d}"
        .formatted(fate.work().aloneMs(), fate.work().tokens());
  }

  @Override
  public void close() {}

  private SimulationSettings.Fate spared(SimulationSettings.Fate fate, String id) {
    return fate.fails()
            && settings.faults().always().failureKind() == FailureKind.REPLICA_LOST
            && lost.noteAgain(id)
        ? new SimulationSettings.Fate(fate.work(), false)
        : fate;
  }

  private double ageMs() {
    return (System.nanoTime() - opened) / NANOS_PER_MS;
  }
}
