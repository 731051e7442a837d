package io.swarmpilot.taskinstance.backend.onnx.speech;

import io.swarmpilot.runtime.error.ErrorReason;
import io.swarmpilot.runtime.error.MeshException;
import io.swarmpilot.taskinstance.backend.Replica;
import io.swarmpilot.taskinstance.backend.onnx.session.SharedResource;
import io.swarmpilot.taskinstance.weights.WeightSet;
import io.swarmpilot.taskinstance.weights.WeightStore;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The speech models there are. Their weights have to be fetched before.
public final class SpeechModels {
  private static final Logger log = LoggerFactory.getLogger(SpeechModels.class);

  // One model serves any number of callers, so it is shared by every replica of the process,
  // whichever instance it belongs to.
  private static final Map<Path, SharedResource<SpeechModel>> MODELS = new ConcurrentHashMap<>();

  private final WeightStore store;

  /// The models whose weights are in this store.
  public SpeechModels(WeightStore store) {
    this.store = store;
  }

  /// Whether a model of this name is one of them, fetched or not.
  public boolean runs(String modelType) {
    return WeightSet.MOONSHINE_TINY.isCalled(modelType);
  }

  /// Makes a replica.
  ///
  /// @throws MeshException MODEL_NOT_FOUND when its weights are not here, or damaged
  public Replica open() {
    WeightSet wanted = WeightSet.MOONSHINE_TINY;
    Path directory = store.find(wanted).orElseThrow(() -> missing(wanted, "are not in"));
    SharedResource<SpeechModel> shared =
        MODELS.computeIfAbsent(
            directory.toAbsolutePath(), path -> new SharedResource<>(() -> SpeechModel.load(path)));
    try {
      return new SpeechReplica(wanted.name(), shared.lease());
    } catch (UnreadableModel e) {
      log.warn("cannot load {}", directory, e);
      throw missing(wanted, "cannot be loaded from");
    }
  }

  private MeshException missing(WeightSet wanted, String what) {
    return MeshException.of(
        ErrorReason.MODEL_NOT_FOUND,
        "The weights of "
            + wanted.name()
            + " "
            + what
            + " "
            + store.root()
            + "; fetch them with: swarmpilot models pull "
            + wanted.name());
  }
}
