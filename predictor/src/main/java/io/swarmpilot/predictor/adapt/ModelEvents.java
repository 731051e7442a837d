package io.swarmpilot.predictor.adapt;

import com.google.common.collect.EvictingQueue;
import com.google.common.collect.ImmutableList;
import io.swarmpilot.predictor.model.ModelIdentity;
import io.swarmpilot.predictor.model.ModelKey;
import io.swarmpilot.predictor.store.Origin;
import io.swarmpilot.predictor.store.Refusal;
import io.swarmpilot.predictor.store.StoredModel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;

/// What happened to models lately. Thread-safe.
public final class ModelEvents {
  private static final int REMEMBERED = 256;

  @SuppressWarnings("UnstableApiUsage")
  private final EvictingQueue<Event> events = EvictingQueue.create(REMEMBERED);

  /// Newest version of each that was noted; there are no more than models are kept.
  private final Map<ModelIdentity, Integer> newest = new ConcurrentHashMap<>();

  private final DoubleSupplier unixSeconds;
  private final double startedAt;

  /// Nothing yet.
  ///
  /// @param unixSeconds tells the time
  public ModelEvents(DoubleSupplier unixSeconds) {
    this.unixSeconds = unixSeconds;
    this.startedAt = unixSeconds.getAsDouble();
  }

  /// Something that happened.
  ///
  /// @param time when, Unix seconds
  /// @param key key of the model
  /// @param kind what
  /// @param message the same in words
  /// @param version version in force afterwards; 0 when there is none
  public record Event(double time, ModelKey key, Kind kind, String message, int version) {}

  /// What can happen.
  public enum Kind {
    /// A new version came into force.
    TRAINED("trained"),
    /// An earlier version came into force again.
    RESTORED("restored"),
    /// Executions take longer or shorter than predicted, all of a sudden.
    DRIFT("drift"),
    /// A model is not believed any more.
    FALLEN_BACK("fallen_back"),
    /// A model is believed again, or no longer widened.
    RECOVERED("recovered"),
    /// A file cannot be used.
    REFUSED("refused"),
    /// A training failed.
    FAILED("failed");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    /// The name it has in answers.
    public String label() {
      return label;
    }
  }

  /// Notes what happens now.
  public void add(ModelIdentity identity, Kind kind, String message, int version) {
    add(new Event(unixSeconds.getAsDouble(), ModelKey.of(identity), kind, message, version));
  }

  /// Notes that a file of a model is not used.
  void refused(Refusal refusal) {
    ModelKey key = new ModelKey(refusal.modelKey());
    add(new Event(unixSeconds.getAsDouble(), key, Kind.REFUSED, refusal.message(), 0));
  }

  /// Notes that a version came into force: a new one, or an earlier one again.
  void inForce(StoredModel stored) {
    int before = newest.merge(stored.identity(), stored.version(), Math::max);
    boolean again = before > stored.version() || stored.trainedAt() < startedAt;
    String text =
        "version %d, a %s model of %d rows from %s"
            .formatted(
                stored.version(),
                stored.model().stage().label(),
                stored.model().rows(),
                stored.origin() == Origin.LIVE ? "reported executions" : "a request");
    add(stored.identity(), again ? Kind.RESTORED : Kind.TRAINED, text, stored.version());
  }

  private void add(Event event) {
    synchronized (events) {
      events.add(event);
    }
  }

  /// What happened, the newest first.
  public ImmutableList<Event> newestFirst() {
    synchronized (events) {
      return ImmutableList.copyOf(events).reverse();
    }
  }
}
