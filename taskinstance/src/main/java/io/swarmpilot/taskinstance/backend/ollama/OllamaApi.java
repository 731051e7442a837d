package io.swarmpilot.taskinstance.backend.ollama;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swarmpilot.taskinstance.backend.RunFailure;

/// The parts of Ollama's interface that tasks are sent to.
enum OllamaApi {
  CHAT("/api/chat"),
  GENERATE("/api/generate");

  private final String path;

  OllamaApi(String path) {
    this.path = path;
  }

  /// The one whose input this is.
  static OllamaApi of(ObjectNode input) throws RunFailure {
    if (input.hasNonNull("messages")) {
      return CHAT;
    }
    if (input.hasNonNull("prompt")) {
      return GENERATE;
    }
    throw RunFailure.invalidInput("input_data", "must have messages (chat) or prompt (generate)");
  }

  /// Its path below the base address.
  String path() {
    return path;
  }
}
