package io.swarmpilot.client;

/// What registering an instance did.
///
/// @param status `success` or `error`
/// @param message the same in words
/// @param tiUuid uuid of the instance; "" when it was not added
public record Registration(String status, String message, String tiUuid) {
  /// Whether it was added.
  public boolean success() {
    return status.equals("success");
  }
}
