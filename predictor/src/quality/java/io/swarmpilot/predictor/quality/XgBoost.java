package io.swarmpilot.predictor.quality;

import io.swarmpilot.predictor.model.Grids;
import java.util.Arrays;
import java.util.Map;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/// XGBoost with its quantile objective: one booster for all quantiles, each row sorted.
final class XgBoost implements QuantileLearner {
  private final int rounds;
  private final int depth;

  XgBoost(int rounds, int depth) {
    this.rounds = rounds;
    this.depth = depth;
  }

  @Override
  public String name() {
    return "XGBoost %d x d%d".formatted(rounds, depth);
  }

  @Override
  public QuantilePredictor train(Rows rows) throws XGBoostError {
    int columns = rows.names().size();
    float[] flat = new float[rows.size() * columns];
    float[] labels = new float[rows.size()];
    for (int i = 0; i < rows.size(); i++) {
      System.arraycopy(floats(rows.get(i)), 0, flat, i * columns, columns);
      labels[i] = (float) rows.get(i).logTime();
    }
    DMatrix matrix = new DMatrix(flat, rows.size(), columns, Float.NaN);
    matrix.setLabel(labels);
    Booster booster =
        XGBoost.train(
            matrix,
            Map.of(
                "objective",
                "reg:quantileerror",
                "quantile_alpha",
                Arrays.toString(Grids.fine()),
                "max_depth",
                depth,
                "eta",
                0.1,
                "nthread",
                1,
                "tree_method",
                "hist"),
            rounds,
            Map.of(),
            null,
            null);
    return task -> predict(booster, task);
  }

  private static double[] predict(Booster booster, Rows.Task task) {
    try {
      float[] row = floats(task);
      float[] predicted = booster.inplace_predict(row, 1, row.length, Float.NaN)[0];
      double[] quantiles = new double[predicted.length];
      for (int k = 0; k < quantiles.length; k++) {
        quantiles[k] = predicted[k];
      }
      Arrays.sort(quantiles);
      return quantiles;
    } catch (XGBoostError e) {
      throw new IllegalStateException(e);
    }
  }

  private static float[] floats(Rows.Task task) {
    float[] floats = new float[task.features().length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) task.features()[i];
    }
    return floats;
  }
}
