package io.swarmpilot.taskinstance.backend.onnx.speech;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.swarmpilot.taskinstance.backend.onnx.session.RunHandle;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The decoder, which answers one token after another, each from all before it.
///
/// It keeps no state itself: what it computed of the earlier tokens comes out as `present.…` and
/// goes in again as `past_key_values.…`.
final class SpeechDecoder implements AutoCloseable {
  /// The token before the first.
  static final int START = 1;

  /// The token after the last.
  static final int END = 2;

  private static final String PAST = "past_key_values.";

  private final OrtEnvironment environment;
  private final OrtSession session;
  private final List<String> memories;
  private final OnnxTensor nothing;

  SpeechDecoder(OrtEnvironment environment, OrtSession session) throws OrtException {
    this.environment = environment;
    this.session = session;
    this.memories = session.getInputNames().stream().filter(name -> name.startsWith(PAST)).toList();
    this.nothing = nothing();
  }

  /// Begins an answer to a sound; `states` is what the encoder made of it.
  Decoding begin(OnnxTensor states, RunHandle handle) {
    return new Decoding(this, states, handle);
  }

  /// One step: the answer to `token`.
  ///
  /// @param first the first step's answer, which holds all that concerns the sound; null in that
  ///   step
  /// @param last the step before; null in the first
  OrtSession.Result step(
      long token,
      OnnxTensor states,
      OrtSession.@Nullable Result first,
      OrtSession.@Nullable Result last,
      RunHandle handle)
      throws OrtException {
    Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
    inputs.put("encoder_hidden_states", states);
    for (String name : memories) {
      OrtSession.@Nullable Result holder = name.contains(".encoder.") ? first : last;
      inputs.put(name, holder == null ? nothing : present(holder, name));
    }
    try (OnnxTensor ids = OnnxTensor.createTensor(environment, new long[][] {{token}});
        OnnxTensor cached = OnnxTensor.createTensor(environment, new boolean[] {first != null})) {
      inputs.put("input_ids", ids);
      inputs.put("use_cache_branch", cached);
      return session.run(inputs, handle.options());
    }
  }

  @Override
  public void close() throws OrtException {
    nothing.close();
    session.close();
  }

  private static OnnxTensor present(OrtSession.Result result, String name) {
    return tensor(result, "present." + name.substring(PAST.length()));
  }

  static OnnxTensor tensor(OrtSession.Result result, String name) {
    if (result.get(name).orElse(null) instanceof OnnxTensor tensor) {
      return tensor;
    }
    throw new IllegalStateException("the decoder answered no tensor " + name);
  }

  /// A memory of no tokens, in the shape that the model asks for.
  private OnnxTensor nothing() throws OrtException {
    NodeInfo memory = memories.isEmpty() ? null : session.getInputInfo().get(memories.getFirst());
    if (memory == null
        || !(memory.getInfo() instanceof TensorInfo info)
        || info.getShape().length != 4) {
      throw new IllegalStateException("the model is no decoder with a memory");
    }
    long[] shape = {0, info.getShape()[1], 1, info.getShape()[3]};
    return OnnxTensor.createTensor(
        environment, ByteBuffer.allocateDirect(0).asFloatBuffer(), shape);
  }
}
