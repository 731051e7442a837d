package io.swarmpilot.taskinstance.backend.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swarmpilot.runtime.error.ErrorReason;
import io.swarmpilot.runtime.error.MeshException;
import io.swarmpilot.taskinstance.backend.Cancellation;
import io.swarmpilot.taskinstance.backend.Execution;
import io.swarmpilot.taskinstance.backend.Replica;
import io.swarmpilot.taskinstance.backend.ReplicaSpec;
import io.swarmpilot.taskinstance.backend.RunFailure;
import io.swarmpilot.taskinstance.weights.WeightStore;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class OnnxBackendTest {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final OnnxBackend backend = new OnnxBackend(new WeightStore(Path.of("none")));
  private static final Replica replica = open("all-minilm-l6-v2");

  @AfterAll
  static void close() {
    replica.close();
  }

  @Test
  void putsTextsOfLikeMeaningNearEachOther() throws RunFailure, JsonProcessingException {
    double[] food = embed("food");

    assertThat(food).hasSize(384);
    assertThat(cosine(food, food)).isCloseTo(1, within(1e-6));
    // The figures are those of another implementation on the same model file.
    assertThat(cosine(food, embed("bread"))).isCloseTo(0.573, within(0.01));
    assertThat(cosine(food, embed("movie"))).isCloseTo(0.401, within(0.01));
    assertThat(cosine(embed("The bread is fresh"), embed("The food was delicious")))
        .isCloseTo(0.367, within(0.01));
  }

  @Test
  void embedsSeveralTextsAsItEmbedsEach() throws RunFailure, JsonProcessingException {
    JsonNode answer = run("{\"texts\":[\"food\",\"a somewhat longer text\",\"\"]}");

    assertThat(answer.path("embeddings")).hasSize(3);
    assertThat(vector(answer.path("embeddings").path(0))).containsExactly(embed("food"));
    assertThat(answer.path("tokens").intValue()).isEqualTo(3 + 6 + 2);
    assertThat(answer.path("model").textValue()).isEqualTo("all-minilm-l6-v2");
    assertThat(answer.has("embedding")).isFalse();
  }

  @Test
  void cutsLongTexts() throws RunFailure, JsonProcessingException {
    JsonNode answer = run("{\"text\":\"" + "word ".repeat(5_000) + "\"}");

    assertThat(answer.path("tokens").intValue()).isEqualTo(512);
    assertThat(vector(answer.path("embedding"))).hasSize(384);
  }

  @Test
  void endsARunningCallSoonAfterItsCancellation() throws Exception {
    ArrayNode texts = JsonNodeFactory.instance.arrayNode();
    for (int i = 0; i < 256; i++) {
      texts.add("word ".repeat(600));
    }
    ObjectNode input = JsonNodeFactory.instance.objectNode();
    input.set("texts", texts);
    Cancellation cancellation = new Cancellation();
    CountDownLatch begun = new CountDownLatch(1);
    CompletableFuture<Throwable> ended = new CompletableFuture<>();
    Thread runner =
        Thread.ofPlatform()
            .start(() -> {
              begun.countDown();
              ended.complete(
                  catchThrowableOfType(
                      RunFailure.class,
                      () -> replica.run(new Execution("t", input.toString(), cancellation))));
            });
    assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
    // Half a minute of work; the first of it has to begin before it can be interrupted.
    assertThatThrownBy(() -> ended.get(300, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);

    long start = System.nanoTime();
    cancellation.request();
    Throwable failure = ended.get(10, TimeUnit.SECONDS);
    runner.join();

    assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isLessThan(1_000);
    assertThat(failure)
        .isInstanceOfSatisfying(
            RunFailure.class,
            cancelled -> assertThat(cancelled.kind()).isEqualTo(RunFailure.Kind.CANCELLED));
    assertThat(embed("food")).hasSize(384);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "all-minilm-l6-v2",
        "All-MiniLM-L6-v2-Q",
        "sentence-transformers/all-MiniLM-L6-v2"
      })
  void knowsTheModelByItsNames(String name) {
    assertThat(backend.runs(name)).isTrue();
  }

  @Test
  void knowsNoOtherModel() {
    assertThat(backend.runs("gpt-4")).isFalse();
    assertThatThrownBy(() -> open("gpt-4"))
        .isInstanceOfSatisfying(
            MeshException.class,
            unknown -> assertThat(unknown.reason()).isEqualTo(ErrorReason.MODEL_NOT_FOUND));
  }

  @Test
  void saysWhatRunsIt() {
    assertThat(replica.software().name()).isEqualTo("onnxruntime");
    assertThat(replica.software().version()).matches("\\d+\\.\\d+\\.\\d+");
  }

  private static Replica open(String model) {
    return backend.open(new ReplicaSpec(model, JsonNodeFactory.instance.objectNode()));
  }

  private static double[] embed(String text) throws RunFailure, JsonProcessingException {
    return vector(run("{\"text\":\"" + text + "\"}").path("embedding"));
  }

  private static JsonNode run(String input) throws RunFailure, JsonProcessingException {
    return MAPPER.readTree(replica.run(new Execution("task", input, new Cancellation())));
  }

  private static double[] vector(JsonNode numbers) {
    double[] vector = new double[numbers.size()];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = numbers.path(i).doubleValue();
    }
    return vector;
  }

  private static double cosine(double[] a, double[] b) {
    double product = 0;
    for (int i = 0; i < a.length; i++) {
      product += a[i] * b[i];
    }
    return product;
  }
}
