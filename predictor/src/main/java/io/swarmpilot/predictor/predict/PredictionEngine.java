package io.swarmpilot.predictor.predict;

import io.swarmpilot.predictor.feature.Query;
import io.swarmpilot.predictor.live.LiveAnswer;
import io.swarmpilot.predictor.live.LiveExecutions;
import io.swarmpilot.predictor.model.Prediction;
import io.swarmpilot.predictor.table.LookupTable;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Asks the sources of predictions in order of how much they are worth.
///
/// 1. Recent executions, once there are enough of just what was asked for: they are measured here,
///    under the present load.
/// 2. The lookup table: measured with care, but elsewhere and earlier.
/// 3. Recent executions, however few, and those of a wider group.
/// 4. For the scheduler, which must decide anyway: the prior.
public final class PredictionEngine {
  private final LiveExecutions live;

  /// An engine that learns from and predicts by these executions.
  public PredictionEngine(LiveExecutions live) {
    this.live = live;
  }

  /// The best prediction that there is data for.
  ///
  /// @param table the table to look in, if any
  /// @param random decides among records of the table that answer equally well
  public Optional<Prediction> predict(
      Query query, Optional<LookupTable> table, RandomGenerator random) {
    Optional<LiveAnswer> recent = live.predict(query);
    if (recent.filter(LiveAnswer::settled).isPresent()) {
      return recent.map(LiveAnswer::prediction);
    }
    return lookUp(query, table, random).or(() -> recent.map(LiveAnswer::prediction));
  }

  /// What the table alone predicts.
  public Optional<Prediction> lookUp(
      Query query, Optional<LookupTable> table, RandomGenerator random) {
    return table.flatMap(content -> content.predict(query, random));
  }

  /// What is assumed when nothing is known: wide, with no confidence.
  public Prediction prior() {
    return Prior.PREDICTION;
  }
}
