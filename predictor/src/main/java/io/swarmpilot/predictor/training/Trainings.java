package io.swarmpilot.predictor.training;

import io.swarmpilot.predictor.file.ConfinedDirectory;
import io.swarmpilot.predictor.learn.Learner;
import io.swarmpilot.predictor.learn.TrainedModel;
import io.swarmpilot.predictor.model.ModelIdentity;
import io.swarmpilot.predictor.model.ModelKey;
import io.swarmpilot.predictor.store.ModelRepository;
import io.swarmpilot.predictor.store.Origin;
import io.swarmpilot.predictor.store.StoredModel;
import io.swarmpilot.predictor.trace.Faults;
import io.swarmpilot.predictor.training.SampleSource.Content;
import io.swarmpilot.predictor.training.TrainingOutcome.Refused;
import io.swarmpilot.predictor.training.TrainingOutcome.Trained;
import io.swarmpilot.runtime.time.MeshClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Trains models on request, one after the other. At most [#MOST] trainings are under way, running
/// or waiting, and at most one of each model; what is more is refused at once.
public final class Trainings {
  /// Most trainings under way.
  public static final int MOST = 3;

  private static final String BUSY = "busy: " + MOST + " trainings are under way; try again later";
  private static final long GLANCE_MILLIS = 100;

  private final ModelRepository models;
  private final SampleSource source;
  private final ExecutorService learning;
  private final MeshClock clock;
  private final Semaphore places = new Semaphore(MOST);
  private final Set<ModelIdentity> underWay = ConcurrentHashMap.newKeySet();

  /// Trainings that put their models into a repository.
  ///
  /// @param traces directory of the files that a configuration may name
  /// @param learning runs one task at a time, beside everything else
  public Trainings(ModelRepository models, Path traces, ExecutorService learning, MeshClock clock) {
    this.models = models;
    this.source = new SampleSource(new ConfinedDirectory(traces));
    this.learning = learning;
    this.clock = clock;
  }

  /// Trains a model and waits for it.
  public TrainingOutcome train(TrainingInput input, TrainingWatch watch) {
    if (!places.tryAcquire()) {
      return new Refused(BUSY);
    }
    try {
      long start = clock.nanos();
      Faults faults = new Faults();
      Optional<Content> content = source.read(input, watch, faults);
      if (content.isEmpty()) {
        return new Refused(faults.message());
      }
      TrainingConfig config = content.get().config();
      if (!underWay.add(config.identity())) {
        return new Refused(ModelKey.of(config.identity()) + " is being trained already");
      }
      try {
        StoredModel model = await(learning.submit(() -> learn(content.get(), watch)), watch);
        return new Trained(
            model, config.quantiles(), config.ignored(), (clock.nanos() - start) / 1e6);
      } finally {
        underWay.remove(config.identity());
      }
    } catch (RejectedExecutionException e) {
      return new Refused(BUSY);
    } catch (IOException e) {
      return new Refused("the model cannot be kept: " + e.getMessage());
    } finally {
      places.release();
    }
  }

  private StoredModel learn(Content content, TrainingWatch watch) throws IOException {
    watch.requireWanted();
    TrainedModel model =
        Learner.train(
            content.samples(),
            content.config().settings(),
            (phase, done, total) -> {
              watch.requireWanted();
              watch.at(phase.label(), done, total);
            });
    watch.requireWanted();
    watch.at("saving", 0, 1);
    StoredModel stored = models.publish(content.config().identity(), model, Origin.REQUEST);
    watch.at("saving", 1, 1);
    return stored;
  }

  /// Waits for the model, as long as somebody wants it.
  private static StoredModel await(Future<StoredModel> learned, TrainingWatch watch)
      throws IOException {
    try {
      while (true) {
        try {
          return learned.get(GLANCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
          watch.requireWanted();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the predictor is stopping", e);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException cause -> throw cause;
        case RuntimeException cause -> throw cause;
        case null, default -> throw new IllegalStateException(e.getCause());
      }
    } finally {
      // One that has not begun gives its place up; one that runs finds out for itself.
      learned.cancel(false);
    }
  }
}
