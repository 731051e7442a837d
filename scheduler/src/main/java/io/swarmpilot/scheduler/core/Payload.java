package io.swarmpilot.scheduler.core;

/// Something the core carries for others without looking into it: a task's input, a result.
public interface Payload {
  /// Nothing.
  Payload NONE = () -> 0;

  /// What it counts against the bounds, bytes.
  long bytes();
}
