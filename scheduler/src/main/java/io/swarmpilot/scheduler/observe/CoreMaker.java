package io.swarmpilot.scheduler.observe;

import io.swarmpilot.scheduler.core.SchedulerCore;

/// Makes cores for virtual meshes, set up as the live one.
@FunctionalInterface
public interface CoreMaker {
  /// A core that knows nothing yet.
  ///
  /// @param strategy canonical name of the strategy in force
  SchedulerCore make(String strategy);
}
