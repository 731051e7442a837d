package io.swarmpilot.scheduler.core;

/// How execution times are predicted.
public enum PredictMode {
  /// By trained models, live feedback, then tables.
  DEFAULT("default"),
  /// By lookup tables only.
  LOOKUP_TABLE("lookup_table");

  private final String label;

  PredictMode(String label) {
    this.label = label;
  }

  /// Its name on the wire.
  public String label() {
    return label;
  }
}
