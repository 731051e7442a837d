package io.swarmpilot.benchmark.executor;

import io.swarmpilot.benchmark.executor.WorkloadState.Phase;
import io.swarmpilot.benchmark.load.Api;
import io.swarmpilot.benchmark.load.Ending;
import io.swarmpilot.benchmark.load.Phases;
import io.swarmpilot.benchmark.load.drive.LoadGenerator;
import io.swarmpilot.benchmark.load.drive.LoadRun;
import io.swarmpilot.benchmark.load.drive.RunSnapshot;
import io.swarmpilot.benchmark.measure.Measurement;
import io.swarmpilot.benchmark.recipe.WorkloadSettings;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/// Drives workloads with the load engine.
final class EngineRunner implements WorkloadRunner, AutoCloseable {
  private final String service;
  private final Api api;
  private final LoadGenerator generator = new LoadGenerator();

  /// A runner that speaks `api` where a workload does not say.
  EngineRunner(String service, Api api) {
    this.service = service;
    this.api = api;
  }

  @Override
  public String service() {
    return service;
  }

  @Override
  public boolean needsTarget() {
    return api != Api.DUMMY;
  }

  @Override
  public RunningWorkload begin(WorkloadSettings settings) {
    return new EngineWorkload(generator.start(LoadPlans.of(settings, api)), settings);
  }

  @Override
  public void close() {
    generator.close();
  }

  private record EngineWorkload(LoadRun run, WorkloadSettings settings) implements RunningWorkload {
    @Override
    public WorkloadState state() {
      try {
        return state(run.snapshot());
      } catch (CompletionException e) {
        return broken(e);
      }
    }

    @Override
    public void stop() {
      try {
        run.stop();
      } catch (CompletionException e) {
        // It is over, and its state tells why.
      }
    }

    private WorkloadState state(RunSnapshot now) {
      return new WorkloadState(
          now.ending().map(EngineWorkload::phase).orElseGet(() -> phase(now)),
          now.elapsedSeconds(),
          now.done(),
          active(now),
          now.measured(),
          now.ending().flatMap(EngineWorkload::failure),
          now.running() ? List.of() : now.validity().reasons());
    }

    /// A closed loop's clients are at work from its start to its end, between requests too.
    private int active(RunSnapshot now) {
      return now.running() && settings.targetRps().isEmpty() && now.elapsedSeconds() > 0
          ? settings.clients()
          : now.inFlight();
    }

    private Phase phase(RunSnapshot now) {
      Phases phases = run.plan().phases();
      double elapsed = now.elapsedSeconds() * 1e9;
      if (elapsed <= 0) {
        return Phase.WAITING;
      }
      if (elapsed < phases.warmup().toNanos()) {
        return Phase.WARMUP;
      }
      return elapsed < phases.end() ? Phase.MEASURING : Phase.DRAINING;
    }

    private static Phase phase(Ending ending) {
      return switch (ending) {
        case DURATION, REQUESTS -> Phase.FINISHED;
        case STOPPED -> Phase.STOPPED;
        case ERRORS, SATURATED -> Phase.FAILED;
      };
    }

    private static Optional<String> failure(Ending ending) {
      return switch (ending) {
        case DURATION, REQUESTS, STOPPED -> Optional.empty();
        case ERRORS -> Optional.of("too many requests failed");
        case SATURATED -> Optional.of("the server fell further and further behind");
      };
    }

    private static WorkloadState broken(CompletionException failure) {
      String why = failure.getCause() == null ? failure.toString() : failure.getCause().toString();
      return new WorkloadState(
          Phase.FAILED, 0, 0, 0, Measurement.NONE, Optional.of(why), List.of());
    }
  }
}
