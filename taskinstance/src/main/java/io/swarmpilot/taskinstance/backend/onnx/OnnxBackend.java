package io.swarmpilot.taskinstance.backend.onnx;

import io.swarmpilot.runtime.error.ErrorReason;
import io.swarmpilot.runtime.error.MeshException;
import io.swarmpilot.taskinstance.backend.Backend;
import io.swarmpilot.taskinstance.backend.Replica;
import io.swarmpilot.taskinstance.backend.ReplicaSpec;
import io.swarmpilot.taskinstance.backend.Workload;
import io.swarmpilot.taskinstance.backend.onnx.session.SharedResource;
import io.swarmpilot.taskinstance.backend.onnx.speech.SpeechModels;
import io.swarmpilot.taskinstance.weights.WeightStore;
import java.util.Locale;
import java.util.Set;

/// Runs models on ONNX Runtime inside the process, on the processor. Takes no settings.
///
/// all-MiniLM-L6-v2, quantised to eight bits, makes sentence embeddings and is part of the
/// distribution. Input `{"text": "…"}` or `{"texts": ["…", …]}`; output `{"embedding": […],
/// "tokens": n, "model": "all-minilm-l6-v2"}` or the same with `embeddings`. An embedding has 384
/// numbers and length 1; texts are cut at 512 tokens.
///
/// moonshine-tiny writes down speech; `docs/engines.md` tells its input and output.
public final class OnnxBackend implements Backend {
  private static final Set<String> NAMES =
      Set.of(MiniLm.NAME, "all-minilm-l6-v2-q", "sentence-transformers/all-minilm-l6-v2");

  // One session serves any number of callers and costs 75 MB, so it is shared by every replica of
  // the process, whichever instance it belongs to.
  private static final SharedResource<MiniLm> MODEL = new SharedResource<>(MiniLm::load);

  private final SpeechModels speech;

  /// A backend that finds fetched weights in this store.
  public OnnxBackend(WeightStore store) {
    this.speech = new SpeechModels(store);
  }

  @Override
  public String name() {
    return "onnx";
  }

  @Override
  public boolean runs(String modelType) {
    return embeds(modelType) || speech.runs(modelType);
  }

  @Override
  public Workload workload() {
    return Workload.COMPUTING;
  }

  @Override
  public Replica open(ReplicaSpec spec) {
    if (embeds(spec.modelType())) {
      return new OnnxReplica(MODEL.lease());
    }
    if (speech.runs(spec.modelType())) {
      return speech.open();
    }
    throw MeshException.of(
        ErrorReason.MODEL_NOT_FOUND,
        "The backend onnx does not know the model '" + spec.modelType() + "'");
  }

  private static boolean embeds(String modelType) {
    return NAMES.contains(modelType.toLowerCase(Locale.ROOT));
  }
}
