package io.swarmpilot.taskinstance.backend.onnx;

import io.swarmpilot.taskinstance.backend.Execution;
import io.swarmpilot.taskinstance.backend.Replica;
import io.swarmpilot.taskinstance.backend.RunFailure;
import io.swarmpilot.taskinstance.backend.Software;
import io.swarmpilot.taskinstance.backend.onnx.session.RunHandle;
import io.swarmpilot.taskinstance.backend.onnx.session.SharedResource;
import java.util.ArrayList;
import java.util.List;

/// One execution at a time on the shared model.
final class OnnxReplica implements Replica {
  private final SharedResource<MiniLm>.Lease model;

  OnnxReplica(SharedResource<MiniLm>.Lease model) {
    this.model = model;
  }

  @Override
  public Software software() {
    return new Software("onnxruntime", model.get().engineVersion());
  }

  @Override
  public int slots() {
    return 1;
  }

  @Override
  public String run(Execution execution) throws RunFailure {
    EmbeddingRequest request = EmbeddingRequest.parse(execution.input());
    List<Embedding> embeddings = new ArrayList<>(request.texts().size());
    try (RunHandle handle = RunHandle.cancelledBy(execution.cancellation())) {
      // One text a run: batches gain nothing on one core and would compute their own padding.
      for (String text : request.texts()) {
        execution.cancellation().throwIfRequested();
        embeddings.add(model.get().embed(text, handle));
      }
    }
    return EmbeddingResponse.json(embeddings, request.single());
  }

  @Override
  public void close() {
    model.close();
  }
}
