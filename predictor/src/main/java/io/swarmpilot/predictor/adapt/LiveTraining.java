package io.swarmpilot.predictor.adapt;

import com.google.common.math.Stats;
import io.swarmpilot.predictor.feature.Query;
import io.swarmpilot.predictor.history.ExecutionHistory;
import io.swarmpilot.predictor.history.PastExecution;
import io.swarmpilot.predictor.learn.Learner;
import io.swarmpilot.predictor.learn.Sample;
import io.swarmpilot.predictor.learn.Stage;
import io.swarmpilot.predictor.learn.TrainedModel;
import io.swarmpilot.predictor.learn.TrainingProgress;
import io.swarmpilot.predictor.learn.TrainingSettings;
import io.swarmpilot.predictor.live.Execution;
import io.swarmpilot.predictor.live.LiveExecutions;
import io.swarmpilot.predictor.model.ModelIdentity;
import io.swarmpilot.predictor.model.ModelKey;
import io.swarmpilot.predictor.store.ModelRepository;
import io.swarmpilot.predictor.store.Origin;
import io.swarmpilot.predictor.store.StoredModel;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.DoubleSupplier;
import java.util.function.IntPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Trains models from the executions that were kept, one at a time and in the background.
public final class LiveTraining {
  private static final Logger log = LoggerFactory.getLogger(LiveTraining.class);

  /// Executions that calibration starts from after a restart or a training by request, and those
  /// before them that only tell how slow the instances were.
  private static final int REPLAYED = 1_000;

  private static final int WARM_UP = 500;

  private final ExecutionHistory history;
  private final ModelRepository models;
  private final ModelEvents events;
  private final Executor background;
  private final DoubleSupplier seconds;
  private final boolean enabled;
  private final Set<ModelIdentity> requested = ConcurrentHashMap.newKeySet();

  /// Trains from what a history keeps.
  ///
  /// @param models where the models come into force
  /// @param background runs the training; should yield to everything else
  /// @param seconds tells the time, seconds from an arbitrary origin
  /// @param enabled whether to train at all; calibration and the like go on without
  public LiveTraining(
      ExecutionHistory history,
      ModelRepository models,
      ModelEvents events,
      Executor background,
      DoubleSupplier seconds,
      boolean enabled) {
    this.history = history;
    this.models = models;
    this.events = events;
    this.background = background;
    this.seconds = seconds;
    this.enabled = enabled;
  }

  /// Trains a model for a key soon, unless that is about to happen anyway.
  void request(AdaptiveKey key) {
    if (enabled && requested.add(key.identity()) && !runs(() -> train(key))) {
      requested.remove(key.identity());
    }
  }

  /// Learns what past executions say about a model that came into force, soon.
  void replay(AdaptiveKey key, StoredModel stored) {
    key.follow(stored);
    if (!runs(() -> relearn(key, stored))) {
      log.debug("{} starts without its past executions", ModelKey.of(key.identity()));
    }
  }

  private boolean runs(Runnable work) {
    try {
      background.execute(work);
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }

  /// Teaches recent executions what an earlier process saw.
  void recall(ModelIdentity identity, LiveExecutions live) {
    try {
      for (PastExecution past : history.latest(identity, LiveExecutions.WINDOW)) {
        live.learn(execution(identity, past));
      }
    } catch (IOException e) {
      log.warn("executions of {} cannot be read: {}", ModelKey.of(identity), e.toString());
    }
  }

  private void train(AdaptiveKey key) {
    ModelIdentity identity = key.identity();
    requested.remove(identity);
    key.training(seconds.getAsDouble());
    try {
      List<PastExecution> window = history.latest(identity, ExecutionHistory.WINDOW);
      if (window.size() >= RetrainSchedule.FIRST) {
        train(key, window);
      }
    } catch (CancellationException e) {
      log.debug("the predictor stops before {} is trained", ModelKey.of(identity), e);
    } catch (IOException | RuntimeException e) {
      log.warn("no model could be trained for {}", ModelKey.of(identity), e);
      int version = models.best(identity).map(StoredModel::version).orElse(0);
      events.add(identity, ModelEvents.Kind.FAILED, "training failed: " + e.getMessage(), version);
    }
  }

  private void train(AdaptiveKey key, List<PastExecution> window) throws IOException {
    ModelIdentity identity = key.identity();
    HeldBack held = new HeldBack(window.size());
    TrainedModel model = learn(held.others(window));
    if (model.stage() == Stage.STATISTICS) {
      return; // Recent executions tell as much, and sooner.
    }
    Replay trial = new Replay(model, held.tail(window), held.inTail());
    if (!isWelcome(key, trial.losses(), held.tail(window), held.inTail())) {
      log.debug("{} is predicted better without a new model", ModelKey.of(identity));
      return;
    }
    key.prepare(
        new ModelTracks(model, trial.lags(), trial.typicalCalibrator(), trial.ownCalibrator()));
    models.publish(identity, model, Origin.LIVE);
  }

  /// Whether a candidate may come into force: it must do better than what it would replace. An
  /// earlier version of its own kind that does well it need not beat: it has seen more.
  private boolean isWelcome(
      AdaptiveKey key, double[] losses, List<PastExecution> tail, HeldBack held) {
    Optional<StoredModel> before = models.best(key.identity());
    if (before.isEmpty() || !key.trusts(before.get().model())) {
      double[] recent = Replay.lossesOfRecent(key.identity(), tail, held);
      return Arrays.stream(losses).sum() <= Arrays.stream(recent).sum();
    }
    StoredModel stored = before.get();
    return (stored.origin() == Origin.LIVE && stored.identity().equals(key.identity()))
        || isSurelyLess(losses, new Replay(stored.model(), tail, held).losses());
  }

  /// Whether these losses are less than others of the same executions, by more than chance
  /// explains: two standard errors of the mean difference.
  private static boolean isSurelyLess(double[] losses, double[] others) {
    double[] gains = new double[losses.length];
    Arrays.setAll(gains, i -> others[i] - losses[i]);
    Stats gain = Stats.of(gains);
    return gain.mean() > 2 * gain.populationStandardDeviation() / Math.sqrt(gains.length);
  }

  private void relearn(AdaptiveKey key, StoredModel stored) {
    try {
      List<PastExecution> past = history.latest(key.identity(), WARM_UP + REPLAYED);
      int seen = stored.origin() == Origin.LIVE ? until(past, stored.trainedAt()) : 0;
      int warmUp = Math.max(seen, Math.min(WARM_UP, past.size() / 2));
      IntPredicate judged = index -> index >= warmUp;
      Replay replay = new Replay(stored.model(), past, judged);
      key.replace(
          stored,
          new ModelTracks(
              stored.model(), replay.lags(), replay.typicalCalibrator(), replay.ownCalibrator()),
          replay.losses(),
          Replay.lossesOfRecent(key.identity(), past, judged));
    } catch (IOException | RuntimeException e) {
      log.warn("past executions of {} cannot be used", ModelKey.of(key.identity()), e);
    }
  }

  /// How many executions a model of that time may have been trained from.
  private static int until(List<PastExecution> past, double trainedAt) {
    return (int) past.stream().filter(execution -> execution.time() <= trainedAt).count();
  }

  private static TrainedModel learn(List<PastExecution> window) {
    List<Sample> samples =
        window.stream()
            .map(past -> new Sample(past.features(), past.milliseconds(), past.instance()))
            .toList();
    return Learner.train(samples, TrainingSettings.DEFAULTS, LiveTraining::stopOnShutdown);
  }

  private static void stopOnShutdown(TrainingProgress.Phase phase, long done, long total) {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException("the predictor stops");
    }
  }

  static Execution execution(ModelIdentity identity, PastExecution past) {
    return new Execution("", 1, new Query(identity, past.features()), past.milliseconds());
  }
}
