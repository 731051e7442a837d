package io.swarmpilot.taskinstance.backend.onnx.speech;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.swarmpilot.taskinstance.backend.onnx.session.RunHandle;
import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;

/// One answer of the decoder while it grows. The likeliest token is taken each time.
final class Decoding implements AutoCloseable {
  private final SpeechDecoder decoder;
  private final OnnxTensor states;
  private final RunHandle handle;
  private OrtSession.@Nullable Result first;
  private OrtSession.@Nullable Result later;
  private int token = SpeechDecoder.START;

  Decoding(SpeechDecoder decoder, OnnxTensor states, RunHandle handle) {
    this.decoder = decoder;
    this.states = states;
    this.handle = handle;
  }

  /// Computes the next token; [SpeechDecoder#END] after the last.
  int next() throws OrtException {
    OrtSession.Result result =
        decoder.step(token, states, first, later == null ? first : later, handle);
    if (first == null) {
      first = result;
    } else {
      forgetLater();
      later = result;
    }
    token = likeliest(SpeechDecoder.tensor(result, "logits").getFloatBuffer());
    return token;
  }

  @Override
  public void close() {
    forgetLater();
    if (first != null) {
      first.close();
    }
  }

  private void forgetLater() {
    if (later != null) {
      later.close();
    }
  }

  private static int likeliest(FloatBuffer scores) {
    int best = 0;
    for (int i = 1; i < scores.limit(); i++) {
      if (scores.get(i) > scores.get(best)) {
        best = i;
      }
    }
    return best;
  }
}
