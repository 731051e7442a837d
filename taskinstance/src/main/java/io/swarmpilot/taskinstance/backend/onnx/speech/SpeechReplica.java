package io.swarmpilot.taskinstance.backend.onnx.speech;

import io.swarmpilot.taskinstance.backend.Execution;
import io.swarmpilot.taskinstance.backend.Replica;
import io.swarmpilot.taskinstance.backend.RunFailure;
import io.swarmpilot.taskinstance.backend.Software;
import io.swarmpilot.taskinstance.backend.onnx.session.RunHandle;
import io.swarmpilot.taskinstance.backend.onnx.session.SharedResource;

/// One transcription at a time on the shared model.
final class SpeechReplica implements Replica {
  private final String name;
  private final SharedResource<SpeechModel>.Lease model;

  SpeechReplica(String name, SharedResource<SpeechModel>.Lease model) {
    this.name = name;
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
    SpeechRequest request = SpeechRequest.parse(execution.input());
    Transcript transcript = new Transcript(execution, model.get().vocabulary(), System.nanoTime());
    try (RunHandle handle = RunHandle.cancelledBy(execution.cancellation())) {
      boolean whole =
          model.get().transcribe(request.sound(), request.maxTokens(), handle, transcript);
      return transcript.result(name, request.sound().seconds(), whole);
    }
  }

  @Override
  public void close() {
    model.close();
  }
}
