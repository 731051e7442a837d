package io.swarmpilot.scheduler.core;

/// What an execution time depends on beside the task: who runs it. "" stands for unknown.
///
/// @param hardware hardware
/// @param softwareName software that runs the model
/// @param softwareVersion its version
public record Target(String hardware, String softwareName, String softwareVersion) {
  /// Nothing is known.
  public static final Target UNKNOWN = new Target("", "", "");
}
