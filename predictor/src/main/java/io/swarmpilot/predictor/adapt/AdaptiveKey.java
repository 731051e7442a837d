package io.swarmpilot.predictor.adapt;

import io.swarmpilot.predictor.calibrate.Accuracy;
import io.swarmpilot.predictor.calibrate.KeyState;
import io.swarmpilot.predictor.calibrate.Trust;
import io.swarmpilot.predictor.history.PastExecution;
import io.swarmpilot.predictor.learn.Lag;
import io.swarmpilot.predictor.learn.TrainedModel;
import io.swarmpilot.predictor.live.LiveAnswer;
import io.swarmpilot.predictor.model.ModelIdentity;
import io.swarmpilot.predictor.store.StoredModel;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// How the predictions of one model, hardware and software are doing. Each execution is judged by
/// what would have been predicted just before it was learned from. Thread-safe.
final class AdaptiveKey {
  private final ModelIdentity identity;
  private final ModelEvents events;
  private final RetrainSchedule schedule;
  private final Accuracy accuracy = new Accuracy();
  private Trust trust = new Trust();
  private boolean widened;
  private long executions;
  private long driftAt = -1;

  /// What was learned about the model in force, and whether it is believed; read without the lock.
  private volatile @Nullable ModelTracks tracks;

  private volatile boolean trusted = true;

  /// What was learned beforehand about a model that is about to come into force.
  private @Nullable ModelTracks prepared;

  AdaptiveKey(ModelIdentity identity, RetrainSchedule schedule, ModelEvents events) {
    this.identity = identity;
    this.schedule = schedule;
    this.events = events;
  }

  ModelIdentity identity() {
    return identity;
  }

  /// Whether a model is to be believed for this key.
  boolean trusts(TrainedModel model) {
    return trusted || tracks(model).isEmpty();
  }

  /// What was learned about a model; empty while nothing was.
  Optional<ModelTracks> tracks(TrainedModel model) {
    return Optional.ofNullable(tracks).filter(current -> current.isOf(model));
  }

  /// Takes in an execution; whether it is time to train a model anew.
  ///
  /// @param stored the model in force
  /// @param live what recent executions said of it
  /// @param now seconds from an arbitrary origin
  synchronized boolean take(
      PastExecution execution,
      Optional<StoredModel> stored,
      Optional<LiveAnswer> live,
      double now) {
    executions++;
    Optional<Stated> byLive = live.map(answer -> Stated.of(answer.prediction()));
    boolean settled = live.filter(LiveAnswer::settled).isPresent();
    Optional<Stated> stated =
        stored
            .map(model -> take(execution, model, byLive.filter(known -> settled)))
            .or(() -> byLive);
    stated.ifPresent(said -> said.addTo(accuracy, execution.milliseconds()));
    return schedule.count(now);
  }

  /// Judges a model by an execution; what was said of it, by whoever is believed.
  private Stated take(PastExecution execution, StoredModel model, Optional<Stated> byLive) {
    double actual = execution.milliseconds();
    ModelTracks current = follow(model);
    Optional<Stated> instead = trust.isTrusted() ? Optional.empty() : byLive;
    ModelTracks.Judged judged = current.take(execution);
    if (judged.drift()) {
      drifted(model, actual / judged.stated().median());
    }
    byLive.ifPresent(said -> compare(model, judged.lossMs(), said.loss(actual)));
    noteWidening(model, current.calibration("").isWidened());
    return instead.orElse(judged.stated());
  }

  private void drifted(StoredModel model, double ratio) {
    driftAt = executions;
    schedule.drifted();
    note(
        ModelEvents.Kind.DRIFT,
        String.format(
            Locale.ROOT,
            "executions drift away from what is predicted; the last took %.2f times as long",
            ratio),
        model);
  }

  private void compare(StoredModel model, double modelLoss, double liveLoss) {
    if (!trust.compare(modelLoss, liveLoss)) {
      return;
    }
    trusted = trust.isTrusted();
    if (trusted) {
      note(
          ModelEvents.Kind.RECOVERED, "the model predicts better than recent executions do", model);
    } else {
      schedule.fellBack();
      String text = "recent executions predict better than the model does: they answer instead";
      note(ModelEvents.Kind.FALLEN_BACK, text, model);
    }
  }

  private void noteWidening(StoredModel model, boolean now) {
    if (widened && !now) {
      note(ModelEvents.Kind.RECOVERED, "predictions have followed the drift", model);
    }
    widened = now;
  }

  private void note(ModelEvents.Kind kind, String message, StoredModel model) {
    events.add(identity, kind, message, model.version());
  }

  /// Goes over to the model in force, if it is another one; what was learned about it so far.
  synchronized ModelTracks follow(StoredModel stored) {
    ModelTracks current = tracks;
    if (current != null && current.isOf(stored.model())) {
      return current;
    }
    ModelTracks ahead = prepared;
    ModelTracks started =
        ahead != null && ahead.isOf(stored.model()) ? ahead : new ModelTracks(stored.model());
    prepared = null;
    trust = new Trust();
    trusted = true;
    widened = false;
    tracks = started;
    return started;
  }

  /// Uses these as soon as their model comes into force.
  synchronized void prepare(ModelTracks ahead) {
    prepared = ahead;
  }

  /// Uses these instead of what was learned about the same model, if it is still in force, and
  /// judges it by executions of the past.
  ///
  /// @param modelLosses what its predictions of them lost, oldest first
  /// @param recentLosses what those of recent executions would have lost
  synchronized void replace(
      StoredModel stored, ModelTracks better, double[] modelLosses, double[] recentLosses) {
    if (tracks(stored.model()).isEmpty()) {
      return;
    }
    tracks = better;
    for (int i = Math.max(0, modelLosses.length - Trust.WINDOW); i < modelLosses.length; i++) {
      compare(stored, modelLosses[i], recentLosses[i]);
    }
  }

  /// Notes that training begins.
  ///
  /// @param now seconds from an arbitrary origin
  synchronized void training(double now) {
    schedule.training(now);
  }

  /// How it is doing.
  ///
  /// @param stored the model in force
  synchronized KeySnapshot snapshot(Optional<StoredModel> stored) {
    double lag =
        stored
            .flatMap(model -> tracks(model.model()))
            .map(ModelTracks::lag)
            .orElse(Lag.NONE)
            .average();
    return new KeySnapshot(
        identity,
        stored.map(this::state).orElse(KeyState.LEARNING),
        stored.map(StoredModel::version).orElse(0),
        accuracy.figures(),
        Double.isNaN(lag) ? 1 : Math.exp(lag),
        driftAt < 0 ? OptionalLong.empty() : OptionalLong.of(executions - driftAt));
  }

  private KeyState state(StoredModel model) {
    if (!trusts(model.model())) {
      return KeyState.FALLEN_BACK;
    }
    return widened ? KeyState.WIDENED : KeyState.STEADY;
  }
}
