package io.swarmpilot.predictor.learn;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import io.swarmpilot.predictor.feature.Features;

/// A fit in the logarithms, corrected by boosted trees, with a spread of its own for each task.
///
/// The quantiles are one shape, moved to where the task is expected and stretched by how widely
/// tasks like it scatter; so they cannot cross, and cost two walks through the trees for all of
/// them.
///
/// @param task what the features of a task alone explain
/// @param surface what they and the recent slowdown explain in a simple way
/// @param location what the trees add to it
/// @param spread how widely tasks scatter, in a simple way
/// @param spreadFactor what the trees multiply it by
/// @param shape quantiles of the distance over the spread, at the fine grid
/// @param rows how many samples it was trained from
/// @param heldOut how well it did
public record BoostedModel(
    TaskDemand task,
    ResponseSurface surface,
    Ensemble location,
    SpreadSurface spread,
    Ensemble spreadFactor,
    ImmutableDoubleArray shape,
    int rows,
    HeldOut heldOut)
    implements TrainedModel {
  private static final double LEAST_FACTOR = 0.1;

  BoostedModel shaped(ImmutableDoubleArray newShape) {
    return new BoostedModel(task, surface, location, spread, spreadFactor, newShape, rows, heldOut);
  }

  @Override
  public Stage stage() {
    return Stage.BOOSTED;
  }

  @Override
  public ImmutableList<String> featureNames() {
    return task.space().names();
  }

  @Override
  public double[] logQuantiles(Features features, Lag lag) {
    double[] row = task.row(features, lag);
    double widening = Math.min(LinearModel.MOST_WIDENING, 1 / task.space().familiarity(row));
    double scale = spreadAt(row) * widening;
    return Shape.at(shape.toArray(), surface.at(row) + location.at(row), scale);
  }

  double spreadAt(double[] row) {
    return spread.at(row) * Math.max(LEAST_FACTOR, spreadFactor.at(row));
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
