package io.swarmpilot.taskinstance.backend.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import io.swarmpilot.runtime.error.ErrorReason;
import io.swarmpilot.runtime.error.MeshException;
import io.swarmpilot.taskinstance.backend.RunFailure;
import io.swarmpilot.taskinstance.backend.http.EngineJson;
import io.swarmpilot.taskinstance.backend.http.EngineRequest;
import io.swarmpilot.taskinstance.backend.http.HttpEngine;
import io.swarmpilot.taskinstance.backend.http.ProbeAnswer;
import java.net.URI;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The models that an Ollama has on its disk.
///
/// @param engine the Ollama, told the model's name by its settings
record ModelLibrary(HttpEngine engine) {
  private static final Logger log = LoggerFactory.getLogger(ModelLibrary.class);
  private static final String DEFAULT_TAG = ":latest";

  /// Sees to it that the model is there.
  ///
  /// @throws MeshException MODEL_NOT_FOUND when it is not and may not be downloaded or is nowhere
  ///   to be had, INSUFFICIENT_RESOURCES when the download fails
  void provide(PullSettings pull) {
    if (hasModel()) {
      return;
    }
    if (!pull.allowed()) {
      throw missing("; run: ollama pull " + model() + ", or set config.pull");
    }
    pull(pull);
    if (!hasModel()) {
      throw missing(", although it was pulled");
    }
  }

  private boolean hasModel() {
    ProbeAnswer tags = engine.probe(URI.create(engine.settings().baseUrl() + "/api/tags"));
    if (!tags.isOk()) {
      throw engine.unavailable("refused: " + tags.describe());
    }
    for (JsonNode offered : tags.json().path("models")) {
      String name = offered.path("name").asText();
      if (name.equals(model()) || name.equals(model() + DEFAULT_TAG)) {
        return true;
      }
    }
    return false;
  }

  private void pull(PullSettings pull) {
    log.info("Ollama at {} pulls the model {}", engine.settings().baseUrl(), model());
    EngineRequest request =
        new EngineRequest(
            "/api/pull", EngineJson.object().put("model", model()).put("stream", true));
    try {
      engine.command(request, pull.limit(), new PullProgress(model()));
    } catch (RunFailure failure) {
      throw PullProgress.isUnknownModel(failure)
          ? missing(" and cannot pull it: " + failure.message())
          : engine.unavailable("pulling '" + model() + "' failed: " + failure.message());
    }
    log.info("Ollama at {} has pulled the model {}", engine.settings().baseUrl(), model());
  }

  private MeshException missing(String why) {
    return MeshException.of(
        ErrorReason.MODEL_NOT_FOUND, "Ollama does not have the model '" + model() + "'" + why);
  }

  private String model() {
    return engine.settings().model();
  }
}
