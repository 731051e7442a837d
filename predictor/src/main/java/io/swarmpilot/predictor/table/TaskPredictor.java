package io.swarmpilot.predictor.table;

import io.swarmpilot.predictor.feature.Features;
import io.swarmpilot.predictor.model.Prediction;

/// Predicts the tasks of a table while it is written.
@FunctionalInterface
public interface TaskPredictor {
  /// The prediction of a task.
  Prediction predict(Features task);
}
