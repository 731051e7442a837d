package io.swarmpilot.taskinstance.backend.onnx.speech;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swarmpilot.taskinstance.backend.Execution;
import io.swarmpilot.taskinstance.backend.RunFailure;
import io.swarmpilot.taskinstance.backend.http.EngineJson;

/// A text while it is being written down: shows each piece as `{"text": "…"}`.
final class Transcript implements SpeechModel.TokenListener {
  private static final double NANOS_PER_MS = 1e6;

  private final Execution execution;
  private final Detokenizer detokenizer;
  private final long start;
  private double encoderMs;
  private long vectors;
  private int tokens;

  /// A text that is begun at this time, ns of the monotonic clock.
  Transcript(Execution execution, Vocabulary vocabulary, long start) {
    this.execution = execution;
    this.detokenizer = new Detokenizer(vocabulary);
    this.start = start;
  }

  @Override
  public void encoded(long count) {
    encoderMs = (System.nanoTime() - start) / NANOS_PER_MS;
    vectors = count;
  }

  @Override
  public void token(int token) throws RunFailure {
    execution.cancellation().throwIfRequested();
    tokens++;
    show(detokenizer.add(token));
  }

  /// The answer.
  ///
  /// @param whole whether the text came to its end
  String result(String model, double seconds, boolean whole) {
    show(detokenizer.end());
    execution.output().tokens(vectors, tokens);
    ObjectNode result = EngineJson.object();
    result.put("text", detokenizer.text());
    result.put("tokens", tokens);
    result.put("audio_seconds", seconds);
    result.put("encoder_ms", encoderMs);
    result.put("finish_reason", whole ? "stop" : "length");
    result.put("model", model);
    return EngineJson.write(result);
  }

  private void show(String piece) {
    if (!piece.isEmpty()) {
      execution.output().emit(EngineJson.write(EngineJson.object().put("text", piece)));
    }
  }
}
