package io.swarmpilot.taskinstance.backend.onnx.speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swarmpilot.taskinstance.backend.Cancellation;
import io.swarmpilot.taskinstance.backend.Execution;
import io.swarmpilot.taskinstance.backend.ExecutionOutput;
import io.swarmpilot.taskinstance.backend.Replica;
import io.swarmpilot.taskinstance.backend.ReplicaSpec;
import io.swarmpilot.taskinstance.backend.RunFailure;
import io.swarmpilot.taskinstance.backend.http.EngineJson;
import io.swarmpilot.taskinstance.backend.onnx.OnnxBackend;
import io.swarmpilot.taskinstance.weights.Registry;
import io.swarmpilot.taskinstance.weights.RegistryAddress;
import io.swarmpilot.taskinstance.weights.WeightSet;
import io.swarmpilot.taskinstance.weights.WeightStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Moonshine itself on real speech. Fetches its weights, so it only runs when it is named: see
/// `docs/engines.md`.
@Timeout(300)
class MoonshineCheck {
  private static final Path SPEECH = Path.of("../docs/examples/speech/amiable.wav");
  private static final String TEXT = "He might even have been made amiable himself.";
  private static final Path HOME = Path.of(System.getProperty("user.home", "."));

  private static final Replica replica = open();

  @AfterAll
  static void close() {
    replica.close();
  }

  @Test
  void writesDownSpeech() throws Exception {
    StringBuilder shown = new StringBuilder();
    ObjectNode answer = run(speech(), new Cancellation(), shown::append);

    assertThat(answer.path("text").textValue()).isEqualTo(TEXT).isEqualTo(shown.toString());
    assertThat(answer.path("tokens").intValue()).isBetween(8, 14);
    assertThat(answer.path("finish_reason").textValue()).isEqualTo("stop");
  }

  @Test
  void understandsOtherSamplingRates() throws Exception {
    for (int rate : new int[] {44_100, 48_000, 96_000}) {
      ObjectNode answer = run(speechAt(rate), new Cancellation(), _ -> {});
      assertThat(answer.path("text").textValue()).as("at %d", rate).isEqualTo(TEXT);
    }
  }

  @Test
  void endsBetweenTokens() throws Exception {
    assertThat(millisToEnd(speech(), 3)).isLessThan(200);
  }

  @Test
  void endsWhileItListens() throws Exception {
    // A step of the encoder is as long as the sound.
    assertThat(millisToEnd(minute(), 0)).isLessThan(1_000);
  }

  /// Cancels after so many pieces; answers how long the end takes.
  private static long millisToEnd(byte[] sound, int pieces) throws Exception {
    Cancellation cancellation = new Cancellation();
    CountDownLatch shown = new CountDownLatch(pieces);
    CompletableFuture<RunFailure> ended = new CompletableFuture<>();
    Thread runner =
        Thread.ofPlatform()
            .start(() ->
                ended.complete(
                    catchThrowableOfType(
                        RunFailure.class, () -> run(sound, cancellation, _ -> shown.countDown()))));
    if (pieces > 0) {
      assertThat(shown.await(60, TimeUnit.SECONDS)).isTrue();
    } else {
      // The encoder takes seconds for a minute of sound.
      assertThatThrownBy(() -> ended.get(300, TimeUnit.MILLISECONDS))
          .isInstanceOf(TimeoutException.class);
    }
    long start = System.nanoTime();
    cancellation.request();
    RunFailure failure = ended.get(30, TimeUnit.SECONDS);
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    runner.join();
    System.out.println("ended " + millis + " ms after its cancellation");
    assertThat(failure.kind()).isEqualTo(RunFailure.Kind.CANCELLED);
    return millis;
  }

  private static Replica open() {
    try {
      WeightStore store = WeightStore.ofUser(System.getenv(), HOME);
      String registry = RegistryAddress.find(System.getenv(), HOME).orElseThrow();
      var _ = store.pull(WeightSet.MOONSHINE_TINY, Registry.at(registry), (_, _, _) -> {});
      return new OnnxBackend(store)
          .open(new ReplicaSpec("moonshine-tiny", JsonNodeFactory.instance.objectNode()));
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException("cannot fetch the weights", e);
    }
  }

  private static byte[] speech() throws IOException {
    return Files.readAllBytes(SPEECH);
  }

  /// The same words on two channels at another sampling rate.
  private static byte[] speechAt(int rate) throws IOException, UnsupportedAudioFileException {
    AudioFormat format = new AudioFormat(rate, 16, 2, true, false);
    try (AudioInputStream original = AudioSystem.getAudioInputStream(SPEECH.toFile());
        AudioInputStream other = AudioSystem.getAudioInputStream(format, original)) {
      return file(other.readAllBytes(), format);
    }
  }

  /// The words again and again.
  private static byte[] minute() throws IOException, UnsupportedAudioFileException {
    try (AudioInputStream original = AudioSystem.getAudioInputStream(SPEECH.toFile())) {
      byte[] once = original.readAllBytes();
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      for (int i = 0; i < 18; i++) {
        all.writeBytes(once);
      }
      return file(all.toByteArray(), original.getFormat());
    }
  }

  private static byte[] file(byte[] samples, AudioFormat format) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    int frames = samples.length / format.getFrameSize();
    var _ =
        AudioSystem.write(
            new AudioInputStream(new ByteArrayInputStream(samples), format, frames),
            AudioFileFormat.Type.WAVE,
            file);
    return file.toByteArray();
  }

  private static ObjectNode run(byte[] sound, Cancellation cancellation, Consumer<String> shown)
      throws RunFailure {
    String input =
        EngineJson.object().put("audio", Base64.getEncoder().encodeToString(sound)).toString();
    ExecutionOutput output =
        new ExecutionOutput() {
          @Override
          public void emit(String json) {
            shown.accept(EngineJson.parse(json).orElseThrow().path("text").textValue());
          }

          @Override
          public void frame(String json) {}

          @Override
          public void tokens(long prompt, long completion) {}
        };
    ObjectNode answer =
        EngineJson.parse(replica.run(new Execution("task", input, cancellation, output)))
            .orElseThrow();
    System.out.println(answer);
    return answer;
  }
}
