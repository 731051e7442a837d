package io.swarmpilot.taskinstance;

/// The model that an instance starts by itself.
///
/// @param modelType model to run
/// @param replicas replicas to start, 1 to 1,024
/// @param config settings of the backend, a JSON object
/// @param gpusEach GPUs of each replica, 0 to 64
public record InitialModel(String modelType, int replicas, String config, int gpusEach) {
  /// Checks the bounds.
  public InitialModel {
    if (modelType.isEmpty()) {
      throw new IllegalArgumentException("the initial model needs a name");
    }
    if (gpusEach < 0 || gpusEach > 64) {
      throw new IllegalArgumentException(
          "GPUs of a replica must be between 0 and 64, not " + gpusEach);
    }
    if (replicas < 1 || replicas > 1_024) {
      throw new IllegalArgumentException("replicas must be between 1 and 1024, not " + replicas);
    }
  }
}
