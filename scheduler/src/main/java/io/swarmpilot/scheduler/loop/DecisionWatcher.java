package io.swarmpilot.scheduler.loop;

import io.swarmpilot.scheduler.core.Event;
import java.util.List;

/// Watches what the core decides. Called on the loop's thread, between two decisions: must not
/// block, and costs next to nothing while nobody is interested.
public interface DecisionWatcher {
  /// Sees nothing.
  DecisionWatcher NONE =
      new DecisionWatcher() {
        @Override
        public boolean wantsFacts() {
          return false;
        }

        @Override
        public void begin(List<Event> facts, long now) {}

        @Override
        public void saw(List<Event> events, long now) {}
      };

  /// Whether it wants to be told where the core stands, before what comes next.
  boolean wantsFacts();

  /// Is told where the core stands, as events that lead there; asked for.
  ///
  /// @param now monotonic nanoseconds
  void begin(List<Event> facts, long now);

  /// Is told what was decided, which may be nothing: time has passed all the same.
  ///
  /// @param events not to be changed
  /// @param now monotonic nanoseconds
  void saw(List<Event> events, long now);
}
