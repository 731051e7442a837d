package io.swarmpilot.predictor.store;

import io.swarmpilot.predictor.model.Grids;
import io.swarmpilot.proto.predictor.storage.v1.HeldOutMetrics;
import io.swarmpilot.proto.predictor.storage.v1.LearnedModel;
import io.swarmpilot.proto.predictor.storage.v1.ResponseSurface;
import io.swarmpilot.proto.predictor.storage.v1.SpreadSurface;
import io.swarmpilot.proto.predictor.storage.v1.TaskDemand;
import io.swarmpilot.proto.predictor.storage.v1.TreeEnsemble;
import java.util.List;

/// Checks that a model from a file can be predicted with: that every index points at something,
/// every walk through a tree ends, and every number is one.
final class LearnedModelCheck {
  private static final int GRID = Grids.fine().length;

  /// Columns of recent slowdown, behind those of the features.
  private static final int LAGS = io.swarmpilot.predictor.learn.TaskDemand.LAGS;

  private LearnedModelCheck() {}

  static void check(LearnedModel learned) throws ModelFileException {
    require(learned.getRows() >= 0);
    check(learned.getHeldOut());
    switch (learned.getStageCase()) {
      case STATISTICS -> ascending(learned.getStatistics().getQuantilesList());
      case LINEAR -> {
        int columns = columns(learned.getLinear().getTask());
        check(learned.getLinear().getSurface(), columns);
        check(learned.getLinear().getSpread(), columns);
        ascending(learned.getLinear().getShapeList());
      }
      case BOOSTED -> {
        int columns = columns(learned.getBoosted().getTask());
        check(learned.getBoosted().getSurface(), columns);
        check(learned.getBoosted().getLocation(), columns);
        check(learned.getBoosted().getSpread(), columns);
        check(learned.getBoosted().getSpreadFactor(), columns);
        ascending(learned.getBoosted().getShapeList());
      }
      case STAGE_NOT_SET -> throw new ModelFileException("it holds a model of an unknown kind");
    }
  }

  private static void check(HeldOutMetrics metrics) throws ModelFileException {
    require(metrics.getProbabilitiesCount() == metrics.getPinballMsCount());
    require(metrics.getLevelsCount() == metrics.getCoverageCount());
  }

  /// How many columns a row of the model has.
  private static int columns(TaskDemand task) throws ModelFileException {
    int features = task.getFeaturesCount();
    finite(task.getLowList(), features);
    finite(task.getHighList(), features);
    check(task.getSurface(), features);
    return features + LAGS;
  }

  private static void check(ResponseSurface surface, int columns) throws ModelFileException {
    require(Double.isFinite(surface.getIntercept()));
    finite(surface.getLowList(), columns);
    finite(surface.getHighList(), columns);
    finite(surface.getTypicalList(), columns);
    for (int i = 0; i < columns; i++) {
      require(surface.getLow(i) <= surface.getHigh(i));
    }
    require(surface.getPairsCount() % 2 == 0);
    for (int column : surface.getPairsList()) {
      require(column >= 0 && column < columns);
    }
    int terms = columns + surface.getPairsCount() / 2;
    finite(surface.getMeansList(), terms);
    finite(surface.getWeightsList(), terms);
  }

  private static void check(SpreadSurface spread, int columns) throws ModelFileException {
    require(spread.getLeast() > 0 && Double.isFinite(spread.getLeast()));
    check(spread.getLogSpread(), columns);
  }

  private static void check(TreeEnsemble trees, int columns) throws ModelFileException {
    require(Double.isFinite(trees.getBase()));
    int nodes = trees.getFeaturesCount();
    require(trees.getThresholdsCount() == nodes && trees.getChildrenCount() == 2 * nodes);
    for (int root : trees.getRootsList()) {
      require(root < nodes && ~root < trees.getValuesCount());
    }
    for (int node = 0; node < nodes; node++) {
      require(trees.getFeatures(node) >= 0 && trees.getFeatures(node) < columns);
      require(!Double.isNaN(trees.getThresholds(node)));
    }
    for (int i = 0; i < trees.getChildrenCount(); i++) {
      int child = trees.getChildren(i);
      // A child greater than its parent: no walk goes round in circles.
      require(child >= 0 ? child > i / 2 && child < nodes : ~child < trees.getValuesCount());
    }
    finite(trees.getValuesList(), trees.getValuesCount());
  }

  private static void ascending(List<Double> quantiles) throws ModelFileException {
    finite(quantiles, GRID);
    for (int i = 1; i < GRID; i++) {
      require(quantiles.get(i - 1) <= quantiles.get(i));
    }
  }

  private static void finite(List<Double> numbers, int count) throws ModelFileException {
    require(numbers.size() == count);
    for (double number : numbers) {
      require(Double.isFinite(number));
    }
  }

  private static void require(boolean condition) throws ModelFileException {
    if (!condition) {
      throw new ModelFileException("it is damaged: its numbers make no model");
    }
  }
}
