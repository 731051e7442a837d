package io.swarmpilot.predictor.predict;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.swarmpilot.predictor.adapt.Adaptation;
import io.swarmpilot.predictor.adapt.ModelView;
import io.swarmpilot.predictor.feature.Features;
import io.swarmpilot.predictor.feature.Query;
import io.swarmpilot.predictor.learn.Lag;
import io.swarmpilot.predictor.learn.TrainedModel;
import io.swarmpilot.predictor.model.Method;
import io.swarmpilot.predictor.model.ModelIdentity;
import io.swarmpilot.predictor.model.Prediction;
import io.swarmpilot.predictor.model.QuantileDistribution;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/// Predicts by trained models and what has been learned since they were trained. Remembers what a
/// model said of a task; calibration, which changes with every execution, is added each time.
/// Thread-safe.
public final class ModelPredictions {
  private static final int REMEMBERED = 65_536;

  /// Models that are no longer in force are not kept alive for longer than this.
  private static final Duration KEPT = Duration.ofMinutes(10);

  /// From how many rows on a model is about as good as its kind gets: as for executions.
  private static final double DAMPING_ROWS = 10;

  private final Adaptation adaptation;
  private final Cache<Task, Saying> sayings =
      Caffeine.newBuilder().maximumSize(REMEMBERED).expireAfterAccess(KEPT).build();
  private final LongAdder hits = new LongAdder();
  private final LongAdder misses = new LongAdder();

  /// Predicts by the models in force.
  public ModelPredictions(Adaptation adaptation) {
    this.adaptation = adaptation;
  }

  /// What a model says of a task.
  private static final class Saying {
    /// Before calibration; not to be changed.
    private final double[] logQuantiles;

    /// How much of the task lies within what the model has seen.
    private final double familiarity;

    Saying(TrainedModel model, Features features, Lag lag) {
      this.logQuantiles = model.logQuantiles(features, lag);
      this.familiarity = model.familiarity(features);
    }
  }

  /// What a model said of a task, for executors as slow as that.
  private static final class Task {
    /// Slowdowns are rounded to 2 %: closer ones are not told apart.
    private static final double STEP = 0.02;

    private final TrainedModel model;
    private final Features features;
    private final Lag lag;
    private final int hash;

    Task(TrainedModel model, Features features, Lag lag) {
      this.model = model;
      this.features = features;
      this.lag = new Lag(rounded(lag.last()), rounded(lag.average()));
      this.hash =
          31 * (31 * System.identityHashCode(model) + features.hashCode()) + this.lag.hashCode();
    }

    private static double rounded(double lag) {
      return Double.isNaN(lag) ? lag : STEP * Math.rint(lag / STEP);
    }

    Saying ask() {
      return new Saying(model, features, lag);
    }

    @Override
    @SuppressWarnings("ReferenceEquality")
    public boolean equals(Object other) {
      // Another version is another model, whatever it holds.
      return other instanceof Task that
          && hash == that.hash
          && model == that.model
          && lag.equals(that.lag)
          && features.equals(that.features);
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }

  /// The prediction of the model for this query, if there is one that is believed.
  ///
  /// @param instance uuid of who will execute the task; "" for a typical instance
  Optional<Prediction> predict(Query query, String instance) {
    return adaptation
        .view(query.identity(), instance)
        .filter(ModelView::trusted)
        .map(view -> predict(query, view));
  }

  private Prediction predict(Query query, ModelView view) {
    Task task = new Task(view.stored().model(), query.features(), view.lag());
    Saying saying = sayings.getIfPresent(task);
    if (saying == null) {
      misses.increment();
      saying = task.ask();
      sayings.put(task, saying);
    } else {
      hits.increment();
    }
    double[] values = view.calibration().apply(saying.logQuantiles);
    for (int k = 0; k < values.length; k++) {
      values[k] = Math.exp(values[k]);
    }
    return Prediction.of(
        QuantileDistribution.onFineGrid(values),
        Method.MODEL,
        confidence(query.identity(), view, saying.familiarity));
  }

  private static double confidence(ModelIdentity asked, ModelView view, double familiarity) {
    double rows = view.stored().model().rows();
    return asked.compare(view.stored().identity()).share()
        * rows
        / (rows + DAMPING_ROWS)
        * familiarity
        * (view.calibration().isWidened() ? 0.5 : 1);
  }

  /// Predictions that were remembered.
  public long hits() {
    return hits.sum();
  }

  /// Predictions that a model had to be asked for.
  public long misses() {
    return misses.sum();
  }
}
