package io.swarmpilot.predictor.learn;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import io.swarmpilot.predictor.feature.Features;
import java.util.Arrays;

/// A fit in the logarithms, and the distribution around it: good from some tens of samples.
///
/// @param task what the features of a task alone explain
/// @param surface what they and the recent slowdown explain
/// @param spread how widely tasks scatter around it
/// @param shape quantiles of what the fit leaves over the spread, at the fine grid
/// @param rows how many samples it was trained from
/// @param heldOut how well it did
public record LinearModel(
    TaskDemand task,
    ResponseSurface surface,
    SpreadSurface spread,
    ImmutableDoubleArray shape,
    int rows,
    HeldOut heldOut)
    implements TrainedModel {
  /// Beyond this no distribution is widened, however far outside the ranges seen a task lies.
  static final double MOST_WIDENING = 4;

  static LinearModel of(TrainingRows rows, HeldOut heldOut) {
    ResponseSurface.Fit fit = ResponseSurface.fit(rows.rows(), rows.logTimes(), TaskDemand.RIDGE);
    double[] surprises = fit.residuals().toArray();
    SpreadSurface spread =
        SpreadSurface.fit(rows.rows(), Arrays.stream(surprises).map(Math::abs).toArray());
    return new LinearModel(
        rows.task(),
        fit.surface(),
        spread,
        spread.shape(rows.rows(), surprises),
        rows.count(),
        heldOut);
  }

  @Override
  public Stage stage() {
    return Stage.LINEAR;
  }

  @Override
  public ImmutableList<String> featureNames() {
    return task.space().names();
  }

  @Override
  public double[] logQuantiles(Features features, Lag lag) {
    double[] row = task.row(features, lag);
    double widening = Math.min(MOST_WIDENING, 1 / task.space().familiarity(row));
    return Shape.at(shape.toArray(), surface.at(row), spread.at(row) * widening);
  }

  @Override
  public double demand(Features features) {
    return task.demand(features);
  }

  @Override
  public double familiarity(Features features) {
    return task.familiarity(features);
  }
}
