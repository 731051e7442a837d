package io.swarmpilot.predictor.calibrate;

/// Notices when executions begin to take longer, or shorter, than predicted: a two-sided cumulative
/// sum (CUSUM) of where executions lie within their predicted distributions, as standard normal
/// scores.
///
/// With these settings calibrated predictions raise a false alarm once in tens of millions of
/// executions, and a shift by two standard deviations is noticed after about ten. Not thread-safe.
final class DriftDetector {
  /// What is not counted: half of the smallest shift, in standard deviations, that matters here.
  /// Slow waves of load stay below it; those are the tracker's.
  private static final double SLACK = 1;

  private static final double ALARM = 10;

  private double above;
  private double below;

  /// Takes in one score; whether there is a drift. After an alarm it starts anew.
  boolean add(double score) {
    above = Math.max(0, above + score - SLACK);
    below = Math.max(0, below - score - SLACK);
    boolean alarm = above > ALARM || below > ALARM;
    if (alarm) {
      above = 0;
      below = 0;
    }
    return alarm;
  }
}
