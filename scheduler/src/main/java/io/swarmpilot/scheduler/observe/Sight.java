package io.swarmpilot.scheduler.observe;

import io.swarmpilot.scheduler.core.Event;
import java.util.List;

/// What the observatory is told, in order.
sealed interface Sight {
  /// Where the scheduler stands.
  ///
  /// @param facts events that lead there
  /// @param now monotonic nanoseconds
  /// @param afterLoss whether what came before it was not seen without a gap
  record Stand(List<Event> facts, long now, boolean afterLoss) implements Sight {}

  /// What it decided.
  ///
  /// @param events without inputs and results
  /// @param now monotonic nanoseconds
  record Decided(List<Event> events, long now) implements Sight {}

  /// A question.
  ///
  /// @param question runs on the observatory's thread
  record Asked(Runnable question) implements Sight {}
}
