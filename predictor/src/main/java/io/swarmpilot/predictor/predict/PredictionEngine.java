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
/// 1. The trained model that suits, unless it has proved worse than recent executions.
/// 2. Recent executions, once there are enough of just what was asked for: they are measured here,
///    under the present load.
/// 3. The lookup table: measured with care, but elsewhere and earlier.
/// 4. Recent executions, however few, and those of a wider group.
/// 5. For the scheduler, which must decide anyway: the prior.
public final class PredictionEngine {
  private static final String TYPICAL = "";

  private final ModelPredictions models;
  private final LiveExecutions live;

  /// An engine that asks these models, and these executions.
  public PredictionEngine(ModelPredictions models, LiveExecutions live) {
    this.models = models;
    this.live = live;
  }

  /// The best prediction that there is data for, on a typical instance.
  ///
  /// @param table the table to look in, if any
  /// @param random decides among records of the table that answer equally well
  public Optional<Prediction> predict(
      Query query, Optional<LookupTable> table, RandomGenerator random) {
    return predict(query, TYPICAL, table, random);
  }

  /// The best prediction that there is data for.
  ///
  /// @param instance uuid of who will execute the task; "" for a typical instance
  /// @param table the table to look in, if any
  /// @param random decides among records of the table that answer equally well
  public Optional<Prediction> predict(
      Query query, String instance, Optional<LookupTable> table, RandomGenerator random) {
    Optional<Prediction> byModel = models.predict(query, instance);
    if (byModel.isPresent()) {
      return byModel;
    }
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
