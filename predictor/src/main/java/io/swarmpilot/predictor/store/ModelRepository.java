package io.swarmpilot.predictor.store;

import io.swarmpilot.predictor.learn.TrainedModel;
import io.swarmpilot.predictor.model.ModelIdentity;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;

/// The trained models in force. Reading is lock-free; a new version comes into force at once and as
/// a whole.
public final class ModelRepository {
  private final Map<ModelIdentity, StoredModel> active = new ConcurrentHashMap<>();
  private final List<Consumer<StoredModel>> listeners = new CopyOnWriteArrayList<>();
  private final DoubleSupplier unixSeconds;

  /// An empty repository.
  ///
  /// @param unixSeconds tells the time
  public ModelRepository(DoubleSupplier unixSeconds) {
    this.unixSeconds = unixSeconds;
  }

  /// The model in force for just this identity.
  public Optional<StoredModel> active(ModelIdentity identity) {
    return Optional.ofNullable(active.get(identity));
  }

  /// All models in force.
  public List<StoredModel> active() {
    return List.copyOf(active.values());
  }

  /// Puts a new version in force.
  ///
  /// @throws IOException when it cannot be kept; the version before stays in force
  public synchronized StoredModel publish(ModelIdentity identity, TrainedModel model, Origin origin)
      throws IOException {
    int version = active(identity).map(known -> known.version() + 1).orElse(1);
    StoredModel stored =
        new StoredModel(identity, version, model, origin, unixSeconds.getAsDouble());
    active.put(identity, stored);
    listeners.forEach(listener -> listener.accept(stored));
    return stored;
  }

  /// Calls `listener` with every version that comes into force, from now on, in order.
  public void onChange(Consumer<StoredModel> listener) {
    listeners.add(listener);
  }
}
