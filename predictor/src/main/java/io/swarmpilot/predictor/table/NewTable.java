package io.swarmpilot.predictor.table;

import io.swarmpilot.predictor.feature.Features;
import io.swarmpilot.predictor.model.ModelIdentity;
import java.util.List;

/// A table that is to be made.
///
/// @param identity what it is for
/// @param tasks the tasks it holds predictions of, in order
/// @param confidenceLevel it holds the ends of the central interval of this probability, between 0
///   and 1
/// @param csv whether it is CSV; else JSON
public record NewTable(
    ModelIdentity identity, List<Features> tasks, double confidenceLevel, boolean csv) {
  /// Copies the tasks.
  public NewTable {
    tasks = List.copyOf(tasks);
  }
}
