package io.swarmpilot.scheduler.core;

/// How an instance is talked to.
public enum InstanceKind {
  /// Keeps a dispatch stream.
  MESH,
  /// Has the documented REST endpoints only.
  FOREIGN
}
