package io.swarmpilot.predictor.quality;

/// A way to learn quantiles of execution time.
interface QuantileLearner {
  /// Name for the table.
  String name();

  /// Learns from these tasks.
  QuantilePredictor train(Rows rows) throws Exception;

  /// What was learned.
  interface QuantilePredictor {
    /// Quantiles of the logarithm of the time (ms) at
    /// [Grids#fine()][io.swarmpilot.predictor.model.Grids#fine()].
    double[] logQuantiles(Rows.Task task);
  }
}
