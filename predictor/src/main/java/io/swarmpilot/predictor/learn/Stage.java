package io.swarmpilot.predictor.learn;

/// How much a model makes of its samples: the more of them, the more.
public enum Stage {
  /// The distribution of all samples, whatever their features.
  STATISTICS("statistics"),
  /// A straight line in the logarithms, and the distribution around it.
  LINEAR("linear"),
  /// Boosted regression trees, all quantiles at once.
  BOOSTED("boosted");

  private final String label;

  Stage(String label) {
    this.label = label;
  }

  /// The name it has in answers and files.
  public String label() {
    return label;
  }
}
