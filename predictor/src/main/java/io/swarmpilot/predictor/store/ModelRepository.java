package io.swarmpilot.predictor.store;

import io.swarmpilot.predictor.learn.TrainedModel;
import io.swarmpilot.predictor.model.ModelIdentity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;

/// The trained models in force, and earlier versions of them. Reading is lock-free; a new version
/// comes into force at once and as a whole, when it is on disk.
public final class ModelRepository {
  private static final int MAX_MODELS = 1_000;

  private final ModelArchive archive;
  private final DoubleSupplier unixSeconds;
  private final List<Refusal> refusals;
  private final List<Consumer<StoredModel>> listeners = new CopyOnWriteArrayList<>();
  private volatile ModelIndex index;

  private ModelRepository(ModelArchive archive, DoubleSupplier unixSeconds) {
    this.archive = archive;
    this.unixSeconds = unixSeconds;
    ModelArchive.Contents contents = archive.load();
    this.refusals = List.copyOf(contents.refusals());
    this.index = ModelIndex.of(contents.active());
  }

  /// An empty repository that lasts as long as the process.
  ///
  /// @param unixSeconds tells the time
  public ModelRepository(DoubleSupplier unixSeconds) {
    this(new MemoryArchive(), unixSeconds);
  }

  /// The repository in a directory, which is made when something is to be kept. What cannot be used
  /// of it is logged and listed in [#refusals()].
  ///
  /// @param unixSeconds tells the time
  public static ModelRepository open(Path directory, ModelCodec codec, DoubleSupplier unixSeconds) {
    return new ModelRepository(
        new ModelDirectory(directory.toAbsolutePath().normalize(), codec), unixSeconds);
  }

  /// The model files that were found and are not used.
  public List<Refusal> refusals() {
    return refusals;
  }

  /// The model in force for just this identity.
  public Optional<StoredModel> active(ModelIdentity identity) {
    return index.exact(identity);
  }

  /// All models in force.
  public List<StoredModel> active() {
    return List.copyOf(index.all());
  }

  /// The model in force that suits best: the one for just this identity; else, of those that
  /// contradict nothing of it, the one that states most of it, and among equals the one of the most
  /// rows.
  public Optional<StoredModel> best(ModelIdentity asked) {
    return index.best(asked);
  }

  /// Puts a new version in force.
  ///
  /// @throws IOException when it cannot be kept; the version before stays in force
  public synchronized StoredModel publish(ModelIdentity identity, TrainedModel model, Origin origin)
      throws IOException {
    if (active(identity).isEmpty() && index.all().size() >= MAX_MODELS) {
      throw new ModelFileException("no more than " + MAX_MODELS + " models are kept");
    }
    int version = archive.newest(identity) + 1;
    StoredModel stored =
        new StoredModel(identity, version, model, origin, unixSeconds.getAsDouble());
    archive.save(stored);
    putInForce(stored);
    return stored;
  }

  /// The kept versions of a model, the newest first.
  ///
  /// @throws IOException when the directory cannot be read
  public List<ModelHeader> versions(ModelIdentity identity) throws IOException {
    return archive.versions(identity);
  }

  /// Puts a kept version in force.
  ///
  /// @throws IOException saying why not: there is none, or it cannot be used; the version that was
  ///   in force stays so
  public synchronized StoredModel restore(ModelIdentity identity, int version) throws IOException {
    StoredModel stored = archive.read(identity, version);
    archive.activate(identity, version);
    putInForce(stored);
    return stored;
  }

  private void putInForce(StoredModel stored) {
    index = index.with(stored);
    listeners.forEach(listener -> listener.accept(stored));
  }

  /// Calls `listener` with every version that comes into force, from now on, in order.
  public void onChange(Consumer<StoredModel> listener) {
    listeners.add(listener);
  }
}
