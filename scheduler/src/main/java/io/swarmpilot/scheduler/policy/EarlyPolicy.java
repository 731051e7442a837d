package io.swarmpilot.scheduler.policy;

/// A policy that binds a task at submission. Where tasks wait because no instance has room, they go
/// first come, first served.
interface EarlyPolicy extends Policy {
  @Override
  default Binding binding() {
    return Binding.EARLY;
  }

  @Override
  default int band(WaitingTask task) {
    return 0;
  }

  @Override
  default boolean sharesFairly() {
    return false;
  }
}
