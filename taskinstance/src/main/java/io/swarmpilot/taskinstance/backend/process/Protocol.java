package io.swarmpilot.taskinstance.backend.process;

import java.util.Set;

/// What a server speaks; the backend of that name talks to it.
enum Protocol {
  OPENAI("openai"),
  OLLAMA("ollama");

  private final String backend;

  Protocol(String backend) {
    this.backend = backend;
  }

  /// Name of the backend that speaks it.
  String backend() {
    return backend;
  }

  /// Settings that this backend has beside those of every engine.
  Set<String> settings() {
    return switch (this) {
      case OPENAI -> Set.of("api");
      case OLLAMA -> Set.of("pull", "pull_timeout_ms");
    };
  }
}
