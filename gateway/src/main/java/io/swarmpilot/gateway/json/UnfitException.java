package io.swarmpilot.gateway.json;

import java.util.List;

/// A JSON value that its field cannot hold; caught by [JsonReader], which knows where it stands.
final class UnfitException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String type;

  UnfitException(String type, String message) {
    super(message, null, false, false);
    this.type = type;
  }

  JsonViolation at(List<Object> path) {
    return new JsonViolation(path, type, String.valueOf(getMessage()));
  }
}
