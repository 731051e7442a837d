package io.swarmpilot.taskinstance.backend;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/// The replica that is wanted.
///
/// @param modelType model to run, as the caller wrote it
/// @param config settings of the backend, a JSON object
/// @param gpus GPUs that are its own, by number among those of the instance, from 0, ascending;
///   empty when it was given none
public record ReplicaSpec(String modelType, JsonNode config, List<Integer> gpus) {
  /// Copies the list.
  public ReplicaSpec {
    gpus = List.copyOf(gpus);
  }

  /// A replica without GPUs of its own.
  public ReplicaSpec(String modelType, JsonNode config) {
    this(modelType, config, List.of());
  }

  /// The same with these GPUs.
  public ReplicaSpec withGpus(List<Integer> numbers) {
    return new ReplicaSpec(modelType, config, numbers);
  }
}
