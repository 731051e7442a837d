package io.swarmpilot.predictor.adapt;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.swarmpilot.predictor.calibrate.Calibration;
import io.swarmpilot.predictor.feature.Query;
import io.swarmpilot.predictor.history.ExecutionHistory;
import io.swarmpilot.predictor.history.PastExecution;
import io.swarmpilot.predictor.learn.Lag;
import io.swarmpilot.predictor.live.Execution;
import io.swarmpilot.predictor.live.LiveAnswer;
import io.swarmpilot.predictor.live.LiveExecutions;
import io.swarmpilot.predictor.model.ModelIdentity;
import io.swarmpilot.predictor.model.ModelKey;
import io.swarmpilot.predictor.store.ModelRepository;
import io.swarmpilot.predictor.store.StoredModel;
import io.swarmpilot.runtime.time.MeshClock;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// Learns from executions as they are reported. Thread-safe and bounded.
public final class Adaptation {
  private final LiveExecutions live;
  private final ModelRepository models;
  private final ExecutionHistory history;
  private final LiveTraining training;
  private final ModelEvents events;
  private final MeshClock clock;
  private final Cache<ModelIdentity, AdaptiveKey> keys;
  private final LongAdder learned = new LongAdder();

  /// Learns for these parts.
  ///
  /// @param live learns at once
  /// @param models what is in force; models that are trained here come into force there
  /// @param history keeps the executions
  /// @param training trains in the background
  /// @param maxKeys most combinations of model, hardware and software to follow
  public Adaptation(
      LiveExecutions live,
      ModelRepository models,
      ExecutionHistory history,
      LiveTraining training,
      ModelEvents events,
      MeshClock clock,
      int maxKeys) {
    this.live = live;
    this.models = models;
    this.history = history;
    this.training = training;
    this.events = events;
    this.clock = clock;
    this.keys = Caffeine.newBuilder().maximumSize(maxKeys).build();
  }

  /// Takes up what an earlier process left, and follows the models from now on. Call once, before
  /// anything is learned.
  public void start() {
    models.refusals().forEach(events::refused);
    models.onChange(this::follow);
    for (ModelIdentity identity : history.identities()) {
      training.recall(identity, live);
      AdaptiveKey key = newKey(identity, history.count(identity));
      keys.put(identity, key);
      models.best(identity).ifPresent(stored -> training.replay(key, stored));
    }
  }

  private void follow(StoredModel changed) {
    events.inForce(changed);
    keys.asMap()
        .forEach((identity, key) ->
            models
                .best(identity)
                .filter(stored -> stored.identity().equals(changed.identity()))
                .ifPresent(stored -> {
                  if (key.follow(stored).isFresh()) {
                    training.replay(key, stored);
                  }
                }));
  }

  /// Learns from an execution; false when it was reported before.
  ///
  /// @param instance who executed it, or ""
  /// @param endedAt when it ended, Unix seconds; now when it is in the future, or no positive
  ///   number
  public boolean learn(Execution execution, String instance, double endedAt) {
    Query query = execution.query();
    Optional<LiveAnswer> before = live.predict(query);
    if (!live.learn(execution)) {
      return false;
    }
    learned.increment();
    double now = clock.unixSeconds();
    PastExecution past =
        new PastExecution(
            query.features(),
            execution.milliseconds(),
            instance,
            endedAt > 0 && endedAt < now ? endedAt : now);
    AdaptiveKey key = key(query.identity());
    history.append(query.identity(), past);
    if (key.take(past, models.best(query.identity()), before, clock.nanos() / 1e9)) {
      training.request(key);
    }
    return true;
  }

  private AdaptiveKey key(ModelIdentity identity) {
    return keys.get(identity, unknown -> newKey(unknown, 0));
  }

  private AdaptiveKey newKey(ModelIdentity identity, int executions) {
    RetrainSchedule schedule =
        new RetrainSchedule(executions, models.active(identity).isPresent(), clock.nanos() / 1e9);
    return new AdaptiveKey(identity, schedule, events);
  }

  /// The model for a prediction, if there is one.
  ///
  /// @param instance who will execute it; "" for a typical instance
  public Optional<ModelView> view(ModelIdentity asked, String instance) {
    return models.best(asked).map(stored -> view(asked, instance, stored));
  }

  private ModelView view(ModelIdentity asked, String instance, StoredModel stored) {
    @Nullable AdaptiveKey own = keys.getIfPresent(asked);
    @Nullable AdaptiveKey key = own == null ? keys.getIfPresent(stored.identity()) : own;
    if (key == null) {
      return new ModelView(stored, Lag.NONE, Calibration.NONE, true);
    }
    boolean trusted = key.trusts(stored.model());
    return key.tracks(stored.model())
        .map(tracks ->
            new ModelView(stored, tracks.lag(instance), tracks.calibration(instance), trusted))
        .orElseGet(() -> new ModelView(stored, Lag.NONE, Calibration.NONE, trusted));
  }

  /// Executions learned from.
  public long learned() {
    return learned.sum();
  }

  /// Executions that were learned from and could not be kept.
  public long dropped() {
    return history.dropped();
  }

  /// How the predictions of each key are doing, in order of key.
  ///
  /// @param modelType only of this type of model; empty means all
  public List<KeySnapshot> snapshots(Optional<String> modelType) {
    return keys.asMap().entrySet().stream()
        .filter(entry -> modelType.isEmpty() || entry.getKey().type().equals(modelType.get()))
        .map(entry -> entry.getValue().snapshot(models.best(entry.getKey())))
        .sorted(Comparator.comparing(key -> ModelKey.of(key.identity()).text()))
        .toList();
  }
}
