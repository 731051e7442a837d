package io.swarmpilot.scheduler.output;

/// Somebody who follows a task's output. Called on any thread; must neither block nor throw.
@FunctionalInterface
public interface OutputReader {
  /// There may be a piece that it has not read.
  void outputReady();
}
