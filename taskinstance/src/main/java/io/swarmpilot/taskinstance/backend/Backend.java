package io.swarmpilot.taskinstance.backend;

/// One way to run models: an engine inside the process, a server elsewhere, a simulation.
public interface Backend extends AutoCloseable {
  /// Name by which a configuration asks for it: "onnx".
  String name();

  /// Whether it runs this model when the configuration names no backend.
  boolean runs(String modelType);

  /// What its executions do with the thread they are given.
  Workload workload();

  /// Whether opening a replica runs programs that its configuration names, which not every caller
  /// may ask for.
  default boolean runsCommands() {
    return false;
  }

  /// Makes one replica ready to run; may take seconds. Called on a thread of the kind that
  /// [#workload()] asks for.
  ///
  /// @throws io.swarmpilot.runtime.error.MeshException when the model is unknown, the configuration
  ///   is wrong or the machine lacks something
  Replica open(ReplicaSpec spec);

  /// Ends what replicas that were not closed left running, and what is being opened. Blocks until
  /// it has. Called once, last.
  @Override
  default void close() {}
}
