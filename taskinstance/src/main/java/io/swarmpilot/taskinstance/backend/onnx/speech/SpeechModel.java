package io.swarmpilot.taskinstance.backend.onnx.speech;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import io.swarmpilot.taskinstance.backend.RunFailure;
import io.swarmpilot.taskinstance.backend.onnx.audio.Sound;
import io.swarmpilot.taskinstance.backend.onnx.session.RunHandle;
import io.swarmpilot.taskinstance.backend.onnx.session.Sessions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Moonshine's encoder, decoder and vocabulary. Serves any number of threads at once.
final class SpeechModel implements AutoCloseable {
  static final String ENCODER_FILE = "encoder_model.onnx";
  static final String DECODER_FILE = "decoder_model_merged.onnx";
  static final String VOCABULARY_FILE = "llama-tokenizer.js";

  private static final Logger log = LoggerFactory.getLogger(SpeechModel.class);

  private final OrtEnvironment environment;
  private final OrtSession encoder;
  private final SpeechDecoder decoder;
  private final Vocabulary vocabulary;

  private SpeechModel(
      OrtEnvironment environment,
      OrtSession encoder,
      SpeechDecoder decoder,
      Vocabulary vocabulary) {
    this.environment = environment;
    this.encoder = encoder;
    this.decoder = decoder;
    this.vocabulary = vocabulary;
  }

  /// Loads the three files of a directory.
  ///
  /// @throws UnreadableModel when one of them is missing or damaged
  static SpeechModel load(Path directory) {
    long start = System.nanoTime();
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    // A sound may be of any length; the steps of an answer are alike.
    try (SessionOptions varying = Sessions.givingMemoryBack();
        SessionOptions alike = Sessions.keepingMemory()) {
      Vocabulary vocabulary = Vocabulary.read(directory.resolve(VOCABULARY_FILE));
      OrtSession encoder = session(environment, directory.resolve(ENCODER_FILE), varying);
      try {
        SpeechDecoder decoder =
            new SpeechDecoder(
                environment, session(environment, directory.resolve(DECODER_FILE), alike));
        log.info("loaded {} in {} ms", directory, (System.nanoTime() - start) / 1_000_000);
        return new SpeechModel(environment, encoder, decoder, vocabulary);
      } catch (OrtException e) {
        encoder.close();
        throw e;
      }
    } catch (IOException | OrtException e) {
      throw new UnreadableModel(e);
    }
  }

  /// Version of the engine.
  String engineVersion() {
    return environment.getVersion();
  }

  Vocabulary vocabulary() {
    return vocabulary;
  }

  /// Writes a sound down, handing each token to the listener as it comes.
  ///
  /// @return whether the text came to its end, rather than to `maxTokens`
  /// @throws RunFailure of kind CANCELLED soon after the cancellation that the handle follows
  boolean transcribe(Sound sound, int maxTokens, RunHandle handle, TokenListener listener)
      throws RunFailure {
    try (OnnxTensor samples =
            OnnxTensor.createTensor(environment, sound.samples(), new long[] {1, sound.length()});
        OrtSession.Result states = encoder.run(Map.of("input_values", samples), handle.options());
        Decoding decoding = decoder.begin(tensor(states), handle)) {
      listener.encoded(tensor(states).getInfo().getShape()[1]);
      for (int i = 0; i < maxTokens; i++) {
        int token = decoding.next();
        if (token == SpeechDecoder.END) {
          return true;
        }
        listener.token(token);
      }
      return false;
    } catch (OrtException e) {
      if (handle.isTerminated()) {
        throw RunFailure.cancelled();
      }
      log.warn("a run of the speech model failed", e);
      throw new RunFailure(RunFailure.Kind.EXECUTION, "the model failed on this input");
    }
  }

  @Override
  public void close() throws OrtException {
    encoder.close();
    decoder.close();
    log.info("closed the speech model");
  }

  private static OrtSession session(OrtEnvironment environment, Path file, SessionOptions options)
      throws OrtException {
    return environment.createSession(file.toString(), options);
  }

  private static OnnxTensor tensor(OrtSession.Result result) {
    if (!(result.get(0) instanceof OnnxTensor states)) {
      throw new IllegalStateException("the encoder answered no tensor");
    }
    return states;
  }

  /// Follows a transcription.
  interface TokenListener {
    /// The encoder made this many vectors of the sound; tokens follow.
    void encoded(long vectors);

    /// The next token.
    ///
    /// @throws RunFailure to end here
    void token(int token) throws RunFailure;
  }
}
