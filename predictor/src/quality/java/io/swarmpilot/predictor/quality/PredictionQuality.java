package io.swarmpilot.predictor.quality;

import io.swarmpilot.predictor.quality.QuantileLearner.QuantilePredictor;
import io.swarmpilot.predictor.quality.Trial.Result;
import java.util.List;

/// Prints how good predictions are, ours and others', on the same tasks: the first 60 % to learn
/// from, the next 20 % to calibrate on, the rest to be judged by.
public final class PredictionQuality {
  private static final long SEED = 1;
  private static final double TRAINED_ON = 0.6;
  private static final double CALIBRATED_ON = 0.2;

  private PredictionQuality() {}

  /// Runs all comparisons.
  public static void main(String[] arguments) throws Exception {
    compare("output length known, load doubles after 70 %", 0.7, true);
    compare("output length known, load doubles after 85 %", 0.85, true);
    compare("only a bound on the output known, load doubles after 70 %", 0.7, false);
  }

  private static void compare(String title, double doubledAfter, boolean outputKnown)
      throws Exception {
    Rows rows = SplitwiseTasks.rows(SEED, doubledAfter, outputKnown);
    int train = (int) (TRAINED_ON * rows.size());
    int test = (int) ((TRAINED_ON + CALIBRATED_ON) * rows.size());
    Trial trial = new Trial(rows, train, test, (int) (doubledAfter * rows.size()));
    System.out.printf("%n%s: %,d tasks, %,d judged%n", title, rows.size(), rows.size() - test);
    System.out.printf(
        "%-18s %8s %9s  %8s %15s  %10s %15s  %15s%n",
        "", "train s", "row us", "raw", "80/90/95 %", "calibrated", "80/90/95 %", "recovered");
    for (QuantileLearner learner : learners()) {
      report(learner, trial, rows, train, test);
    }
  }

  private static List<QuantileLearner> learners() {
    return List.of(
        Baselines.lookupTable(),
        Baselines.linear(),
        new XgBoost(80, 5),
        new LightGbm(200),
        new Ours());
  }

  private static void report(QuantileLearner learner, Trial trial, Rows rows, int train, int test)
      throws Exception {
    long start = System.nanoTime();
    QuantilePredictor predictor = learner.train(rows.first(train));
    double seconds = (System.nanoTime() - start) / 1e9;
    Result result = trial.run(predictor);
    System.out.printf(
        "%-18s %8.2f %9.1f  %7.2f%% %15s  %9.2f%% %15s  %15s%n",
        learner.name(),
        seconds,
        microsecondsPerRow(predictor, rows, test),
        100 * result.raw().pinball(),
        result.raw().coverage(),
        100 * result.calibrated().pinball(),
        result.calibrated().coverage(),
        result.recovered().coverage());
  }

  private static double microsecondsPerRow(QuantilePredictor predictor, Rows rows, int from) {
    double best = Double.POSITIVE_INFINITY;
    double sum = 0;
    for (int repetition = 0; repetition < 5; repetition++) {
      long start = System.nanoTime();
      for (int i = from; i < rows.size(); i++) {
        sum += predictor.logQuantiles(rows.get(i))[0];
      }
      best = Math.min(best, (System.nanoTime() - start) / 1e3 / (rows.size() - from));
    }
    return Double.isNaN(sum) ? Double.NaN : best;
  }
}
