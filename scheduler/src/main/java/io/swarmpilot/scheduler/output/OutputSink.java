package io.swarmpilot.scheduler.output;

/// Where links put the partial output that instances send. Called on the links' threads, in order
/// for each instance; must neither block nor throw.
public interface OutputSink {
  /// A task has partial output.
  void progressed(String instance, String taskId, Piece piece);

  /// An instance answers on a new connection, on which no task is followed yet.
  void connected(String instance);
}
