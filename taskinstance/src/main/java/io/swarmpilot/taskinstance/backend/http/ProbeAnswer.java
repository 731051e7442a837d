package io.swarmpilot.taskinstance.backend.http;

import com.fasterxml.jackson.databind.node.ObjectNode;

/// What an engine tells about itself.
///
/// @param status HTTP status
/// @param body text of the answer
public record ProbeAnswer(int status, String body) {
  /// Whether the engine gave what it was asked for.
  public boolean isOk() {
    return status == 200;
  }

  /// Whether the engine does not know the question.
  public boolean isUnknown() {
    return status == 404 || status == 405;
  }

  /// The body; an object without members when it is no JSON object.
  public ObjectNode json() {
    return EngineJson.parse(body).orElseGet(EngineJson::object);
  }

  /// What the engine says, for people.
  public String describe() {
    return "HTTP " + status + ": " + EngineMessage.in(body);
  }
}
