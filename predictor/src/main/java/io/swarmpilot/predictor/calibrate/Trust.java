package io.swarmpilot.predictor.calibrate;

/// Whether a model is to be believed: compares it with what simpler sources would have said of the
/// same executions. Not thread-safe.
public final class Trust {
  /// Executions that are compared.
  public static final int WINDOW = 100;

  /// How much worse than the other source a model must be to be given up, so that equals do not
  /// take turns.
  private static final double MARGIN = 1.1;

  /// What is no difference, ms over the window.
  private static final double ROUNDING_MS = 1e-3;

  private final double[] modelLoss = new double[WINDOW];
  private final double[] otherLoss = new double[WINDOW];
  private int compared;
  private boolean trusted = true;

  /// Whether the model is believed.
  public boolean isTrusted() {
    return trusted;
  }

  /// Takes in the losses of both for one execution; whether that changed what is believed.
  public boolean compare(double model, double other) {
    modelLoss[compared % WINDOW] = model;
    otherLoss[compared % WINDOW] = other;
    compared++;
    if (compared < WINDOW) {
      return false;
    }
    double models = sum(modelLoss);
    double others = sum(otherLoss);
    double allowed = (trusted ? MARGIN * others : others) + ROUNDING_MS;
    boolean now = models <= allowed;
    boolean changed = now != trusted;
    trusted = now;
    return changed;
  }

  private static double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }
}
