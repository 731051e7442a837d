package io.swarmpilot.predictor.store;

/// What a model was trained from.
public enum Origin {
  /// Samples that came with a request.
  REQUEST("request"),
  /// Executions that the scheduler reported.
  LIVE("live");

  private final String label;

  Origin(String label) {
    this.label = label;
  }

  /// The name it has in answers and files.
  public String label() {
    return label;
  }
}
