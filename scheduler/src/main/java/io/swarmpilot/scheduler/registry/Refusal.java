package io.swarmpilot.scheduler.registry;

/// Why an instance is not registered, in the words its caller is told.
final class Refusal extends Exception {
  private static final long serialVersionUID = 1;

  Refusal(String message) {
    super(message, null, false, false);
  }

  String message() {
    return String.valueOf(getMessage());
  }
}
