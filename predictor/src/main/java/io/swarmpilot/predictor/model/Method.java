package io.swarmpilot.predictor.model;

/// Where a prediction came from.
public enum Method {
  /// A lookup table.
  LOOKUP("lookup"),
  /// A trained model.
  MODEL("model"),
  /// Recent executions of just what was asked for.
  LIVE("live"),
  /// Recent executions of a wider group.
  FALLBACK("fallback"),
  /// Nothing is known.
  PRIOR("prior");

  private final String label;

  Method(String label) {
    this.label = label;
  }

  /// The name it has in answers.
  public String label() {
    return label;
  }
}
