package io.swarmpilot.taskinstance.backend.onnx.speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swarmpilot.runtime.error.ErrorReason;
import io.swarmpilot.runtime.error.MeshException;
import io.swarmpilot.taskinstance.backend.BackendRegistry;
import io.swarmpilot.taskinstance.backend.Cancellation;
import io.swarmpilot.taskinstance.backend.Execution;
import io.swarmpilot.taskinstance.backend.ExecutionOutput;
import io.swarmpilot.taskinstance.backend.Replica;
import io.swarmpilot.taskinstance.backend.ReplicaSpec;
import io.swarmpilot.taskinstance.backend.RunFailure;
import io.swarmpilot.taskinstance.backend.http.EngineJson;
import io.swarmpilot.taskinstance.backend.onnx.OnnxBackend;
import io.swarmpilot.taskinstance.weights.WeightStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// On a model with Moonshine's inputs and outputs that is made for this: see `make_model.py` beside
/// it. To a quiet sound it answers one sentence, to a loud one without end.
@Timeout(60)
class SpeechReplicaTest {
  private static final WeightStore WEIGHTS = new WeightStore(Path.of("src/test/resources/weights"));
  private static final Replica replica = open("moonshine-tiny");

  @AfterAll
  static void close() {
    replica.close();
  }

  @Test
  void writesDownASound() throws RunFailure {
    ObjectNode answer = run(input(sound(1, 0.1f)), new Shown());

    assertThat(answer.path("text").textValue()).isEqualTo("Hello mesh€!");
    assertThat(answer.path("tokens").intValue()).isEqualTo(6);
    assertThat(answer.path("audio_seconds").doubleValue()).isEqualTo(1.0);
    assertThat(answer.path("finish_reason").textValue()).isEqualTo("stop");
    assertThat(answer.path("model").textValue()).isEqualTo("moonshine-tiny");
  }

  @Test
  void showsEachPieceAsItComesAndCountsTokens() throws RunFailure {
    Shown shown = new Shown();
    var _ = run(input(sound(1, 0.1f)), shown);

    assertThat(shown.pieces)
        .containsExactly(
            "{\"text\":\"Hello\"}", "{\"text\":\" mesh\"}", "{\"text\":\"€\"}", "{\"text\":\"!\"}");
    // A vector each tenth of a second.
    assertThat(shown.prompt).isEqualTo(10);
    assertThat(shown.completion).isEqualTo(6);
  }

  @Test
  void endsAnAnswerThatFindsNoEnd() throws RunFailure {
    ObjectNode answer = run(input(sound(4, 0.9f)), new Shown());

    // 6.5 tokens a second.
    assertThat(answer.path("tokens").intValue()).isEqualTo(26);
    assertThat(answer.path("finish_reason").textValue()).isEqualTo("length");
    assertThat(answer.path("text").textValue()).startsWith("Hello mesh€! Hello mesh€!");
  }

  @Test
  void writesNoMoreThanIsAsked() throws RunFailure {
    ObjectNode answer = run(input(sound(1, 0.1f)).put("max_tokens", 2), new Shown());

    assertThat(answer.path("text").textValue()).isEqualTo("Hello mesh");
    assertThat(answer.path("finish_reason").textValue()).isEqualTo("length");
  }

  @Test
  void endsBetweenTokensWhenItIsCancelled() {
    Cancellation cancellation = new Cancellation();
    Shown shown =
        new Shown() {
          @Override
          public void emit(String json) {
            super.emit(json);
            if (pieces.size() == 3) {
              cancellation.request();
            }
          }
        };

    RunFailure failure =
        catchThrowableOfType(
            RunFailure.class,
            () ->
                replica.run(
                    new Execution("task", input(sound(60, 0.9f)).toString(), cancellation, shown)));

    assertThat(failure.kind()).isEqualTo(RunFailure.Kind.CANCELLED);
    assertThat(shown.pieces).hasSize(3);
  }

  @Test
  void takesSamplesWithoutAFile() throws RunFailure {
    ObjectNode whole = input(sound(2, 0.1f));
    ObjectNode half = whole.deepCopy().put("sample_rate", 32_000);

    assertThat(run(whole, new Shown()).path("audio_seconds").doubleValue()).isEqualTo(2.0);
    assertThat(run(half, new Shown()).path("audio_seconds").doubleValue())
        .isCloseTo(1, within(0.01));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[] | input_data: must be a JSON object",
        "{} | input_data.audio: Field required",
        "{\"audio\":null} | input_data.audio: Field required",
        "{\"audio\":7} | input_data.audio: must be a string in base64",
        "{\"audio\":\"?\"} | input_data.audio: must be a string in base64",
        "{\"audio\":\"\"} | input_data.audio: does not begin like a WAV file",
        "{\"audio\":\"AAAA\",\"format\":\"pcm_s16le\"} | input_data.audio: is shorter than 0.1 s",
        "{\"audio\":\"AAAA\",\"format\":\"mp3\"} "
            + "| input_data.format: must be one of wav, pcm_s16le, pcm_f32le",
        "{\"audio\":\"AAAA\",\"sample_rate\":3999} "
            + "| input_data.sample_rate: must be an integer from 4000 to 96000",
        "{\"audio\":\"AAAA\",\"sample_rate\":16000.5} "
            + "| input_data.sample_rate: must be an integer from 4000 to 96000"
      })
  void namesTheFieldThatIsWrong(String input, String message) {
    RunFailure failure =
        catchThrowableOfType(
            RunFailure.class, () -> replica.run(new Execution("t", input, new Cancellation())));

    assertThat(failure.kind()).isEqualTo(RunFailure.Kind.INVALID_INPUT);
    assertThat(failure.message()).isEqualTo(message);
  }

  @Test
  void refusesTooManyAndTooFewTokensAndTooLongASound() {
    assertThatThrownBy(() -> run(input(sound(1, 0.1f)).put("max_tokens", 0), new Shown()))
        .hasMessageStartingWith("input_data.max_tokens: must be an integer from 1");
    assertThatThrownBy(() -> run(input(sound(65, 0.1f)), new Shown()))
        .hasMessage("input_data.audio: is longer than 64.0 s");
  }

  @Test
  void saysHowToFetchWhatIsMissing(@TempDir Path empty) {
    BackendRegistry backends =
        new BackendRegistry(List.of(new OnnxBackend(new WeightStore(empty))));
    ReplicaSpec spec = new ReplicaSpec("moonshine-tiny", JsonNodeFactory.instance.objectNode());

    MeshException missing =
        catchThrowableOfType(MeshException.class, () -> backends.find(spec).open(spec));

    assertThat(missing.reason()).isEqualTo(ErrorReason.MODEL_NOT_FOUND);
    assertThat(missing).hasMessageContaining("swarmpilot models pull moonshine-tiny");
  }

  @Test
  void saysHowToMendWhatIsDamaged(@TempDir Path store) throws IOException {
    Path model = Files.createDirectory(store.resolve("moonshine-tiny"));
    for (String file : List.of("llama-tokenizer.js", "encoder_model.onnx")) {
      var _ =
          Files.copy(WEIGHTS.root().resolve("moonshine-tiny").resolve(file), model.resolve(file));
    }
    var _ = Files.writeString(model.resolve("decoder_model_merged.onnx"), "half of it");
    ReplicaSpec spec = new ReplicaSpec("moonshine-tiny", JsonNodeFactory.instance.objectNode());

    assertThatThrownBy(() -> new OnnxBackend(new WeightStore(store)).open(spec))
        .isInstanceOf(MeshException.class)
        .hasMessageContaining("cannot be loaded from")
        .hasMessageContaining("swarmpilot models pull moonshine-tiny");
  }

  @Test
  void sharesItsWeights() throws RunFailure {
    Replica second = open("UsefulSensors/moonshine-tiny");
    second.close();

    assertThat(run(input(sound(1, 0.1f)), new Shown()).path("text").textValue())
        .isEqualTo("Hello mesh€!");
  }

  private static Replica open(String model) {
    return new OnnxBackend(WEIGHTS)
        .open(new ReplicaSpec(model, JsonNodeFactory.instance.objectNode()));
  }

  private static ObjectNode run(ObjectNode input, Shown shown) throws RunFailure {
    String answer = replica.run(new Execution("task", input.toString(), new Cancellation(), shown));
    return EngineJson.parse(answer).orElseThrow();
  }

  private static ObjectNode input(byte[] samples) {
    return EngineJson.object()
        .put("audio", Base64.getEncoder().encodeToString(samples))
        .put("format", "pcm_f32le");
  }

  private static byte[] sound(int seconds, float loudness) {
    ByteBuffer samples =
        ByteBuffer.allocate(seconds * 16_000 * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    while (samples.hasRemaining()) {
      samples.putFloat(loudness);
    }
    return samples.array();
  }

  private static class Shown implements ExecutionOutput {
    final List<String> pieces = new ArrayList<>();
    private long prompt = -1;
    private long completion = -1;

    @Override
    public void emit(String json) {
      pieces.add(json);
    }

    @Override
    public void frame(String json) {}

    @Override
    public void tokens(long promptTokens, long completionTokens) {
      prompt = promptTokens;
      completion = completionTokens;
    }
  }
}
