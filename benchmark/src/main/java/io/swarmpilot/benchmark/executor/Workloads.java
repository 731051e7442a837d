package io.swarmpilot.benchmark.executor;

import io.swarmpilot.benchmark.recipe.WorkloadSettings;
import io.swarmpilot.runtime.error.ErrorReason;
import io.swarmpilot.runtime.error.MeshException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The one workload that an executor runs, or ran last.
final class Workloads {
  private final WorkloadRunner runner;
  private @Nullable Run current;

  Workloads(WorkloadRunner runner) {
    this.runner = runner;
  }

  /// One workload.
  ///
  /// @param epoch its number, 1 and up
  /// @param settings what was asked for
  /// @param workload what drives it
  record Run(long epoch, WorkloadSettings settings, RunningWorkload workload) {}

  String service() {
    return runner.service();
  }

  boolean needsTarget() {
    return runner.needsTarget();
  }

  /// Starts a workload.
  ///
  /// @throws MeshException when another one runs, or still ends
  synchronized Run start(WorkloadSettings settings) {
    Run before = current;
    if (before != null && before.workload().state().running()) {
      throw MeshException.of(ErrorReason.WORKLOAD_RUNNING, "Workload already running");
    }
    Run started =
        new Run(before == null ? 1 : before.epoch() + 1, settings, runner.begin(settings));
    current = started;
    return started;
  }

  /// The workload of now, or the last one.
  synchronized Optional<Run> current() {
    return Optional.ofNullable(current);
  }

  /// Ends the workload; answers the one that ran, once it is over.
  Optional<Run> stop() {
    Optional<Run> running = current().filter(run -> run.workload().state().running());
    running.ifPresent(run -> run.workload().stop());
    return running;
  }
}
