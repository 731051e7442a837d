package io.swarmpilot.client;

/// How a request ended that the mesh answers in words.
///
/// @param status `success`, `warning` or `error`
/// @param message the same in words
public record Outcome(String status, String message) {
  /// Whether it was done.
  public boolean success() {
    return status.equals("success");
  }
}
