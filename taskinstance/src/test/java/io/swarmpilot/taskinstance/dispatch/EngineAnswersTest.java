package io.swarmpilot.taskinstance.dispatch;

import static io.swarmpilot.taskinstance.dispatch.EngineFixture.ASK;
import static io.swarmpilot.taskinstance.dispatch.EngineFixture.CHAT;
import static io.swarmpilot.taskinstance.dispatch.EngineFixture.SSE;
import static io.swarmpilot.taskinstance.dispatch.EngineFixture.delta;
import static io.swarmpilot.taskinstance.dispatch.EngineFixture.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.grpc.StatusRuntimeException;
import io.swarmpilot.proto.taskinstance.v1.DispatchEvent;
import io.swarmpilot.proto.taskinstance.v1.GetStatusResponse;
import io.swarmpilot.runtime.error.ErrorMapping;
import io.swarmpilot.runtime.error.ErrorReason;
import io.swarmpilot.taskinstance.backend.http.EngineJson;
import io.swarmpilot.taskinstance.backend.http.ScriptedEngine;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What engines answer behind a task instance, as a scheduler sees it.
@Timeout(60)
class EngineAnswersTest {
  private EngineFixture mesh;

  @BeforeEach
  void start() throws IOException {
    mesh = new EngineFixture();
  }

  @AfterEach
  void stop() throws IOException {
    mesh.close();
  }

  @Test
  void aStreamedChatBecomesOneAnswerWithItsTimings() throws InterruptedException {
    mesh.engine()
        .on(
            CHAT,
            reply -> {
              reply.stream(SSE)
                  .sendByBytes(
                      ": ping\r\n\r\n" + delta("{\"role\":\"assistant\",\"content\":\"\"}"));
              for (String token : new String[] {"Grüße", " aus ", "🌍"}) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
                reply.sendByBytes(delta("{\"content\":\"%s\"}".formatted(token)));
              }
              reply
                  .send(
                      event(
                          "{\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}"))
                  .send(
                      event(
                          "{\"id\":\"c\",\"choices\":[],\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":3}}"))
                  .send("data: [DONE]\n\n")
                  .end();
            });
    mesh.startOpenAi("\"slots\":2");

    ObjectNode result = mesh.run("a", ASK);

    ObjectNode timings = (ObjectNode) result.remove("timings");
    assertThat(EngineJson.write(result))
        .isEqualTo(
            "{\"id\":\"c\",\"object\":\"chat.completion\",\"choices\":[{\"index\":0,\"finish_reason\":\"stop\","
                + "\"message\":{\"role\":\"assistant\",\"content\":\"Grüße aus 🌍\"}}],"
                + "\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":3}}");
    assertThat(timings.path("outputs").asInt()).isEqualTo(3);
    assertThat(timings.path("prompt_tokens").asInt()).isEqualTo(7);
    assertThat(timings.path("completion_tokens").asInt()).isEqualTo(3);
    assertThat(timings.path("time_to_first_output_ms").asDouble()).isBetween(20.0, 5_000.0);
    // The engine waits 20 ms before each token, and this end reads without an own rhythm.
    assertThat(timings.path("gap_mean_ms").asDouble()).isBetween(15.0, 5_000.0);
    assertThat(timings.path("total_ms").asDouble()).isGreaterThanOrEqualTo(60);
    ScriptedEngine.Received request = mesh.engine().received(CHAT).getFirst();
    assertThat(request.body())
        .isEqualTo(
            ASK.substring(0, ASK.length() - 1)
                + ",\"model\":\"tiny\",\"stream\":true,\"stream_options\":{\"include_usage\":true}}");
    assertThat(request.headers()).containsEntry("x-request-id", "a");
    assertThat(request.headers()).doesNotContainKey("authorization");
    GetStatusResponse status = mesh.status();
    assertThat(status.getBackend()).isEqualTo("openai");
    assertThat(status.getSoftwareName()).isEqualTo("vllm");
    assertThat(status.getSoftwareVersion()).isEqualTo("0.9.1");
    assertThat(status.getSlots()).isEqualTo(2);
  }

  @Test
  void theInputTellsWhatIsAsked() throws InterruptedException {
    mesh.engine()
        .on(
            "/v1/completions",
            reply ->
                reply.stream(SSE)
                    .send(event("{\"choices\":[{\"index\":0,\"text\":\"a\"}]}"))
                    .send(
                        event(
                            "{\"choices\":[{\"index\":0,\"text\":\"b\",\"finish_reason\":\"stop\"}],\"timings\":{\"predicted_n\":2}}"))
                    .send("data: [DONE]\n\n")
                    .end())
        .json(
            "/v1/embeddings",
            200,
            "{\"data\":[{\"embedding\":[0.10]}],\"usage\":{\"prompt_tokens\":2}}");
    mesh.startOpenAi("\"slots\":1");

    ObjectNode completed = mesh.run("a", "{\"prompt\":\"x\"}");
    assertThat(completed.at("/choices/0/text").asText()).isEqualTo("ab");
    assertThat(completed.at("/engine_timings/predicted_n").asInt()).isEqualTo(2);
    assertThat(completed.at("/timings/outputs").asInt()).isEqualTo(2);
    ObjectNode embedded = mesh.run("b", "{\"input\":\"x\",\"model\":\"alias\"}");
    assertThat(EngineJson.write(embedded.path("data"))).isEqualTo("[{\"embedding\":[0.10]}]");
    assertThat(embedded.at("/timings/prompt_tokens").asInt()).isEqualTo(2);
    assertThat(mesh.engine().received("/v1/embeddings").getFirst().body())
        .isEqualTo("{\"input\":\"x\",\"model\":\"tiny\"}");
  }

  @Test
  void aConnectionServesTaskAfterTask() throws InterruptedException {
    mesh.engine().on(CHAT, EngineFixture::answer);
    mesh.startOpenAi("\"slots\":1");

    for (int i = 0; i < 5; i++) {
      assertThat(mesh.run("t" + i, ASK).at("/choices/0/message/content").asText()).isEqualTo("ok");
    }

    assertThat(mesh.engine().connections()).isEqualTo(1);
  }

  @Test
  void anAnswerIsNotHeldUpByAStreamThatIsLeftOpen() throws Exception {
    CompletableFuture<Boolean> noticed = new CompletableFuture<>();
    mesh.engine()
        .on(
            CHAT,
            reply -> {
              reply.stream(SSE).send(delta("{\"content\":\"ok\"}")).send("data: [DONE]\n\n");
              reply.awaitDisconnect();
              noticed.complete(true);
            });
    mesh.startOpenAi("\"slots\":1");

    assertThat(mesh.run("a", ASK).at("/choices/0/message/content").asText()).isEqualTo("ok");
    assertThat(noticed.get(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void everySlotReachesTheEngine() throws InterruptedException {
    CountDownLatch together = new CountDownLatch(3);
    mesh.engine()
        .on(
            CHAT,
            reply -> {
              together.countDown();
              awaitQuietly(together);
              EngineFixture.answer(reply);
            });
    mesh.startOpenAi("\"slots\":3");

    for (String id : new String[] {"a", "b", "c"}) {
      mesh.execute(id, ASK);
    }
    for (int i = 0; i < 3; i++) {
      assertThat(mesh.scheduler().next(DispatchEvent::hasCompleted).hasCompleted()).isTrue();
    }
  }

  @Test
  void aModelStartsOnlyOnAnEngineThatIsReadyAndHasIt() throws IOException {
    StatusRuntimeException other =
        mesh.refused("{\"backend\":\"openai\",\"base_url\":\"%s\",\"model\":\"huge\"}");
    assertThat(ErrorMapping.reason(other)).contains(ErrorReason.MODEL_NOT_FOUND);
    assertThat(other.getStatus().getDescription())
        .contains("does not have the model 'huge'")
        .endsWith("one of: tiny");
    StatusRuntimeException api =
        mesh.refused("{\"backend\":\"openai\",\"base_url\":\"%s\",\"api\":\"talk\"}");
    assertThat(ErrorMapping.reason(api)).contains(ErrorReason.INVALID_FIELD);
    assertThat(api.getStatus().getDescription()).startsWith("config.api: ");

    mesh.engine().json("/health", 503, "{\"error\":{\"message\":\"Loading model\"}}");
    StatusRuntimeException loading =
        mesh.refused("{\"backend\":\"openai\",\"base_url\":\"%s\",\"model\":\"tiny\"}");
    assertThat(ErrorMapping.reason(loading)).contains(ErrorReason.INSUFFICIENT_RESOURCES);
    assertThat(loading.getStatus().getDescription()).endsWith("HTTP 503: Loading model");

    mesh.engine().close();
    StatusRuntimeException gone =
        mesh.refused("{\"backend\":\"openai\",\"base_url\":\"%s\",\"model\":\"tiny\"}");
    assertThat(ErrorMapping.reason(gone)).contains(ErrorReason.INSUFFICIENT_RESOURCES);
    assertThat(gone.getStatus().getDescription()).startsWith("unreachable: " + mesh.engine().url());
  }

  @Test
  void ollamaAnswersWithItsOwnDurations() throws Exception {
    try (ScriptedEngine ollama = ScriptedEngine.likeOllama("tiny")) {
      ollama
          .on(
              "/api/chat",
              reply ->
                  reply.stream("application/x-ndjson")
                      .sendByBytes(
                          "{\"model\":\"tiny\",\"message\":{\"role\":\"assistant\",\"content\":\"Grü\"},\"done\":false}\n")
                      .sendByBytes(
                          "{\"model\":\"tiny\",\"message\":{\"role\":\"assistant\",\"content\":\"ße\"},\"done\":false}\n")
                      .send(
                          "{\"model\":\"tiny\",\"message\":{\"role\":\"assistant\",\"content\":\"\"},\"done\":true,"
                              + "\"done_reason\":\"stop\",\"total_duration\":1234567890123,\"eval_count\":2}\n")
                      .end())
          .on(
              "/api/generate",
              reply ->
                  reply.stream("application/x-ndjson")
                      .send("{\"response\":\"a\",\"done\":false}\n{\"error\":\"out of memory\"}\n")
                      .end());
      mesh.startModel(
          "alias",
          "{\"backend\":\"ollama\",\"model\":\"tiny\",\"base_url\":\"" + ollama.url() + "\"}");

      ObjectNode result = mesh.run("a", ASK);
      assertThat(result.at("/timings/outputs").asInt()).isEqualTo(2);
      assertThat(result.at("/timings/completion_tokens").asInt()).isEqualTo(2);
      result.remove("timings");
      assertThat(EngineJson.write(result))
          .isEqualTo(
              "{\"model\":\"tiny\",\"message\":{\"role\":\"assistant\",\"content\":\"Grüße\"},\"done\":true,"
                  + "\"done_reason\":\"stop\",\"total_duration\":1234567890123,\"eval_count\":2}");
      mesh.execute("b", "{\"prompt\":\"x\"}");
      assertThat(mesh.failure().getMessage()).isEqualTo("failed: out of memory");
      GetStatusResponse status = mesh.status();
      assertThat(status.getSoftwareName()).isEqualTo("ollama");
      assertThat(status.getSoftwareVersion()).isEqualTo("0.11.4");
    }
  }

  @Test
  void ollamaIsNotMadeToFetchAModel() throws IOException {
    try (ScriptedEngine ollama = ScriptedEngine.likeOllama("tiny")) {
      StatusRuntimeException missing =
          catchThrowableOfType(
              StatusRuntimeException.class,
              () ->
                  mesh.startModel(
                      "huge", "{\"backend\":\"ollama\",\"base_url\":\"" + ollama.url() + "\"}"));

      assertThat(ErrorMapping.reason(missing)).contains(ErrorReason.MODEL_NOT_FOUND);
      assertThat(missing.getStatus().getDescription())
          .endsWith("run: ollama pull huge, or set config.pull");
      assertThat(ollama.received("/api/pull")).isEmpty();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      boolean _ = latch.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
