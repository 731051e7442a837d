package io.swarmpilot.taskinstance.backend;

import com.fasterxml.jackson.databind.JsonNode;
import io.swarmpilot.runtime.error.ErrorReason;
import io.swarmpilot.runtime.error.MeshException;
import java.util.List;
import java.util.stream.Collectors;

/// The backends of an instance.
///
/// @param backends every backend, the preferred one first
public record BackendRegistry(List<Backend> backends) implements AutoCloseable {
  /// Copies the list.
  public BackendRegistry {
    backends = List.copyOf(backends);
  }

  /// The backend that a model is to run on: the one that `backend` in the configuration names, else
  /// the first that knows the model.
  ///
  /// @throws MeshException MODEL_NOT_FOUND when there is none
  public Backend find(ReplicaSpec spec) {
    JsonNode wanted = spec.config().path("backend");
    if (wanted.isMissingNode() || wanted.isNull()) {
      return backends.stream()
          .filter(backend -> backend.runs(spec.modelType()))
          .findFirst()
          .orElseThrow(() -> unknownModel(spec.modelType()));
    }
    if (!wanted.isTextual()) {
      throw MeshException.invalid("config.backend", "must be the name of a backend");
    }
    return backends.stream()
        .filter(backend -> backend.name().equals(wanted.textValue()))
        .findFirst()
        .orElseThrow(() -> unknownBackend(wanted.textValue()));
  }

  /// Ends what they left running.
  @Override
  public void close() {
    backends.forEach(Backend::close);
  }

  private MeshException unknownModel(String modelType) {
    return MeshException.of(
        ErrorReason.MODEL_NOT_FOUND,
        "No backend knows the model '"
            + modelType
            + "'; config.backend may name one of "
            + names());
  }

  private MeshException unknownBackend(String name) {
    return MeshException.of(
        ErrorReason.MODEL_NOT_FOUND, "Unknown backend '" + name + "'; known: " + names());
  }

  private String names() {
    return backends.stream().map(Backend::name).collect(Collectors.joining(", "));
  }
}
