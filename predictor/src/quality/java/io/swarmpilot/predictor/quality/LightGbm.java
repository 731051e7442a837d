package io.swarmpilot.predictor.quality;

import com.microsoft.ml.lightgbm.PredictionType;
import io.github.metarank.lightgbm4j.LGBMBooster;
import io.github.metarank.lightgbm4j.LGBMDataset;
import io.github.metarank.lightgbm4j.LGBMException;
import io.swarmpilot.predictor.model.Grids;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// LightGBM with its quantile objective: one booster for each quantile, each row sorted.
final class LightGbm implements QuantileLearner {
  private static final String DATA = "max_bin=255 num_threads=1 verbosity=-1";
  private static final String BOOSTER =
      "objective=quantile alpha=%s num_leaves=31 learning_rate=0.1 min_data_in_leaf=20"
          + " num_threads=1 verbosity=-1";

  private final int rounds;

  LightGbm(int rounds) {
    this.rounds = rounds;
  }

  @Override
  public String name() {
    return "LightGBM %d".formatted(rounds);
  }

  @Override
  public QuantilePredictor train(Rows rows) throws LGBMException {
    int columns = rows.names().size();
    double[] flat = new double[rows.size() * columns];
    float[] labels = new float[rows.size()];
    for (int i = 0; i < rows.size(); i++) {
      System.arraycopy(rows.get(i).features(), 0, flat, i * columns, columns);
      labels[i] = (float) rows.get(i).logTime();
    }
    List<LGBMBooster> boosters = new ArrayList<>();
    for (double probability : Grids.fine()) {
      LGBMDataset data = LGBMDataset.createFromMat(flat, rows.size(), columns, true, DATA, null);
      data.setField("label", labels);
      LGBMBooster booster = LGBMBooster.create(data, BOOSTER.formatted(probability));
      for (int round = 0; round < rounds; round++) {
        booster.updateOneIter();
      }
      boosters.add(booster);
    }
    return task -> predict(boosters, task);
  }

  private static double[] predict(List<LGBMBooster> boosters, Rows.Task task) {
    try {
      double[] quantiles = new double[boosters.size()];
      for (int k = 0; k < quantiles.length; k++) {
        quantiles[k] =
            boosters
                .get(k)
                .predictForMatSingleRow(task.features(), PredictionType.C_API_PREDICT_NORMAL);
      }
      Arrays.sort(quantiles);
      return quantiles;
    } catch (LGBMException e) {
      throw new IllegalStateException(e);
    }
  }
}
