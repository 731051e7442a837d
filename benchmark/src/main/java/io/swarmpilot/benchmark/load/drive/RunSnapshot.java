package io.swarmpilot.benchmark.load.drive;

import io.swarmpilot.benchmark.load.Ending;
import io.swarmpilot.benchmark.load.Validity;
import io.swarmpilot.benchmark.measure.Measurement;
import java.util.Optional;

/// A run at a moment, or how it ended.
///
/// @param epoch number of the run
/// @param elapsedSeconds since its start, s; 0 while it waits for its start, and no more once it is
///   over
/// @param done share of its time that is past, 0 to 1
/// @param inFlight requests in flight
/// @param measured what was measured until now
/// @param ending why it ended; empty while it is under way
/// @param validity whether what was measured says something about the server
public record RunSnapshot(
    long epoch,
    double elapsedSeconds,
    double done,
    int inFlight,
    Measurement measured,
    Optional<Ending> ending,
    Validity validity) {
  /// Whether it is under way, its start awaited or its last requests included.
  public boolean running() {
    return ending.isEmpty();
  }

  /// Whether it is over and nobody cut it short.
  public boolean complete() {
    return ending.isPresent() && ending.get() != Ending.STOPPED;
  }
}
