package io.swarmpilot.benchmark.executor;

import io.swarmpilot.benchmark.measure.Measurement;
import java.util.List;
import java.util.Optional;

/// A workload at a moment.
///
/// @param phase where it is
/// @param elapsedSeconds since it began, s; no more once it is over
/// @param done share of its time that is past, 0 to 1
/// @param active clients at work
/// @param measured what was measured until now
/// @param failure why it failed as a whole, if it did
/// @param invalid why what was measured says nothing about the server; empty when it does
public record WorkloadState(
    Phase phase,
    double elapsedSeconds,
    double done,
    int active,
    Measurement measured,
    Optional<String> failure,
    List<String> invalid) {
  /// Where a workload is.
  public enum Phase {
    /// None was started.
    IDLE,
    /// Its start is awaited.
    WAITING,
    /// Driven, not measured.
    WARMUP,
    /// Driven and measured.
    MEASURING,
    /// The last requests are awaited.
    DRAINING,
    /// Over.
    FINISHED,
    /// Over because somebody stopped it.
    STOPPED,
    /// Over because it could not go on.
    FAILED;

    /// Whether a workload runs.
    public boolean isRunning() {
      return this == WAITING || this == WARMUP || this == MEASURING || this == DRAINING;
    }
  }

  /// No workload.
  public static final WorkloadState IDLE =
      new WorkloadState(Phase.IDLE, 0, 0, 0, Measurement.NONE, Optional.empty(), List.of());

  /// Copies the reasons.
  public WorkloadState {
    invalid = List.copyOf(invalid);
  }

  /// Whether it runs.
  public boolean running() {
    return phase.isRunning();
  }
}
