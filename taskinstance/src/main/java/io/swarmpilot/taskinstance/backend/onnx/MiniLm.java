package io.swarmpilot.taskinstance.backend.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import io.swarmpilot.taskinstance.backend.RunFailure;
import io.swarmpilot.taskinstance.backend.onnx.session.RunHandle;
import io.swarmpilot.taskinstance.backend.onnx.session.Sessions;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The model with its tokenizer. Serves any number of threads at once.
final class MiniLm implements AutoCloseable {
  /// Name of the model in answers.
  static final String NAME = "all-minilm-l6-v2";

  /// Longest text the model takes, tokens; it has no position for more.
  static final int MAX_TOKENS = 512;

  private static final Logger log = LoggerFactory.getLogger(MiniLm.class);
  private static final String MODEL_FILE = "/all-minilm-l6-v2-q.onnx";
  private static final String TOKENIZER_FILE = "/all-minilm-l6-v2-q-tokenizer.json";

  private final OrtEnvironment environment;
  private final OrtSession session;
  private final WordPieceTokenizer tokenizer;

  private MiniLm(OrtEnvironment environment, OrtSession session, WordPieceTokenizer tokenizer) {
    this.environment = environment;
    this.session = session;
    this.tokenizer = tokenizer;
  }

  /// Loads model and tokenizer from the class path.
  static MiniLm load() {
    long start = System.nanoTime();
    try (InputStream model = resource(MODEL_FILE);
        InputStream vocabulary = resource(TOKENIZER_FILE);
        SessionOptions options = Sessions.givingMemoryBack()) {
      WordPieceTokenizer tokenizer = TokenizerFile.read(vocabulary);
      OrtEnvironment environment = OrtEnvironment.getEnvironment();
      OrtSession session = environment.createSession(model.readAllBytes(), options);
      log.info("loaded {} in {} ms", NAME, (System.nanoTime() - start) / 1_000_000);
      return new MiniLm(environment, session, tokenizer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (OrtException e) {
      throw new IllegalStateException("cannot load " + MODEL_FILE, e);
    }
  }

  /// Version of the engine.
  String engineVersion() {
    return environment.getVersion();
  }

  /// Embeds one text, cut at [#MAX_TOKENS].
  Embedding embed(String text, RunHandle handle) throws RunFailure {
    int[] ids = tokenizer.encode(text, MAX_TOKENS);
    long[] shape = {1, ids.length};
    try (OnnxTensor tokens = OnnxTensor.createTensor(environment, direct(ids), shape);
        OnnxTensor mask = OnnxTensor.createTensor(environment, filled(ids.length, 1), shape);
        OnnxTensor types = OnnxTensor.createTensor(environment, filled(ids.length, 0), shape);
        OrtSession.Result result =
            session.run(
                Map.of("input_ids", tokens, "attention_mask", mask, "token_type_ids", types),
                handle.options())) {
      if (!(result.get(0) instanceof OnnxTensor states)) {
        throw new IllegalStateException("the model answered no tensor");
      }
      return new Embedding(Pooling.meanOfUnitLength(floats(states), ids.length), ids.length);
    } catch (OrtException e) {
      if (handle.isTerminated()) {
        throw RunFailure.cancelled();
      }
      log.warn("a run of {} failed", NAME, e);
      throw new RunFailure(RunFailure.Kind.EXECUTION, "the model failed on this input");
    }
  }

  @Override
  public void close() throws OrtException {
    session.close();
    log.info("closed {}", NAME);
  }

  private static FloatBuffer floats(OnnxTensor tensor) {
    FloatBuffer values = tensor.getFloatBuffer();
    if (values == null) {
      throw new IllegalStateException("the model answered no floats");
    }
    return values;
  }

  private static LongBuffer direct(int[] values) {
    LongBuffer buffer = allocate(values.length);
    for (int i = 0; i < values.length; i++) {
      buffer.put(i, values[i]);
    }
    return buffer;
  }

  private static LongBuffer filled(int length, long value) {
    LongBuffer buffer = allocate(length);
    for (int i = 0; i < length; i++) {
      buffer.put(i, value);
    }
    return buffer;
  }

  private static LongBuffer allocate(int longs) {
    return ByteBuffer.allocateDirect(longs * Long.BYTES)
        .order(ByteOrder.nativeOrder())
        .asLongBuffer();
  }

  private static InputStream resource(String name) throws FileNotFoundException {
    InputStream stream = MiniLm.class.getResourceAsStream(name);
    if (stream == null) {
      throw new FileNotFoundException(name + " is not on the class path");
    }
    return stream;
  }
}
