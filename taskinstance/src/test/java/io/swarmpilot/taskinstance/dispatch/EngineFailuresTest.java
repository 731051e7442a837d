package io.swarmpilot.taskinstance.dispatch;

import static io.swarmpilot.taskinstance.dispatch.EngineFixture.ASK;
import static io.swarmpilot.taskinstance.dispatch.EngineFixture.CHAT;
import static io.swarmpilot.taskinstance.dispatch.EngineFixture.SSE;
import static io.swarmpilot.taskinstance.dispatch.EngineFixture.delta;
import static io.swarmpilot.taskinstance.dispatch.EngineFixture.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.swarmpilot.proto.taskinstance.v1.TaskFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// How engines fail behind a task instance, as a scheduler sees it.
@Timeout(60)
class EngineFailuresTest {
  @TempDir private Path directory;

  private EngineFixture mesh;

  @BeforeEach
  void start() throws IOException {
    mesh = new EngineFixture();
  }

  @AfterEach
  void stop() throws IOException {
    mesh.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void cancellingATaskEndsItsRequestAtTheEngine(boolean answering) throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CompletableFuture<Long> noticed = new CompletableFuture<>();
    mesh.engine()
        .on(
            CHAT,
            reply -> {
              if (answering) {
                reply.stream(SSE).send(delta("{\"content\":\"a\"}"));
              }
              asked.countDown();
              reply.awaitDisconnect();
              noticed.complete(System.nanoTime());
            });
    mesh.startOpenAi("\"slots\":1");
    mesh.execute("a", ASK);
    assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();

    long cancelled = System.nanoTime();
    mesh.scheduler().abort("a", 1);

    TaskFailed failed = mesh.failure();
    assertThat(failed.getKind()).isEqualTo(TaskFailed.Kind.KIND_CANCELLED);
    assertThat(failed.getFault()).isEqualTo(TaskFailed.Fault.FAULT_CANCELLED);
    // Far above what it takes, for machines that do much else.
    assertThat(noticed.get(10, TimeUnit.SECONDS) - cancelled)
        .isLessThan(TimeUnit.SECONDS.toNanos(2));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anEngineThatStallsIsNotWaitedForLongerThanAllowed(boolean answering) throws Exception {
    CompletableFuture<Boolean> noticed = new CompletableFuture<>();
    mesh.engine()
        .on(
            CHAT,
            reply -> {
              if (answering) {
                reply.stream(SSE).send(delta("{\"content\":\"a\"}"));
              }
              reply.awaitDisconnect();
              noticed.complete(true);
            });
    mesh.startOpenAi("\"request_timeout_ms\":150");
    mesh.execute("a", ASK);

    TaskFailed failed = mesh.failure();
    assertThat(failed.getMessage()).isEqualTo("timeout: no complete answer within 150 ms");
    assertThat(failed.getKind()).isEqualTo(TaskFailed.Kind.KIND_EXECUTION);
    assertThat(failed.getFault()).isEqualTo(TaskFailed.Fault.FAULT_TIMEOUT);
    assertThat(failed.getExecutionMs()).isGreaterThanOrEqualTo(150);
    assertThat(failed.getOutput().getPieces()).isEqualTo(answering ? 1 : 0);
    assertThat(noticed.get(10, TimeUnit.SECONDS)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anEngineThatDiesMeansAnotherAttemptElsewhere(boolean answering) throws Exception {
    mesh.engine()
        .on(
            CHAT,
            reply -> {
              if (answering) {
                reply.stream(SSE).send(delta("{\"content\":\"a\"}"));
              }
              reply.drop();
            });
    mesh.startOpenAi("\"slots\":1");
    mesh.execute("a", ASK);

    TaskFailed failed = mesh.failure();
    assertThat(failed.getMessage()).startsWith("crashed: ");
    assertThat(failed.getKind()).isEqualTo(TaskFailed.Kind.KIND_REPLICA_LOST);
    assertThat(failed.getFault()).isEqualTo(TaskFailed.Fault.FAULT_CRASHED);
    // The request was sent, so that it is not sent again behind the scheduler's back.
    assertThat(mesh.engine().received(CHAT)).hasSize(1);
  }

  @Test
  void anEngineThatIsGoneMeansAnotherAttemptElsewhere() throws Exception {
    mesh.startOpenAi("\"slots\":1");
    mesh.engine().close();
    mesh.execute("a", ASK);

    TaskFailed failed = mesh.failure();
    assertThat(failed.getMessage())
        .matches("unreachable: " + mesh.engine().url() + "/v1: .*refused");
    // Three attempts, 100 and 200 ms apart: nothing was sent, so they do no harm.
    assertThat(failed.getExecutionMs()).isGreaterThanOrEqualTo(300);
    assertThat(failed.getKind()).isEqualTo(TaskFailed.Kind.KIND_REPLICA_LOST);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "400 | {\"error\":{\"message\":\"too long\",\"code\":1}} | refused: HTTP 400: too long | KIND_INVALID_INPUT",
        "422 | {\"detail\":[{\"loc\":[\"body\"],\"msg\":\"wrong\"}]} | refused: HTTP 422: wrong | KIND_INVALID_INPUT",
        "401 | {\"message\":\"wrong key sk-secret\"} | refused: HTTP 401: wrong key *** | KIND_EXECUTION",
        "500 | {\"error\":\"no memory\"} | refused: HTTP 500: no memory | KIND_EXECUTION",
        "503 | busy | refused: HTTP 503: busy | KIND_REPLICA_LOST",
        "200 | {\"error\":{\"message\":\"in band\"}} | failed: in band | KIND_EXECUTION",
        "200 | [] | failed: the answer is no JSON object | KIND_EXECUTION"
      })
  void whatTheEngineSaysIsToldAndTheKeyIsNot(
      int status, String body, String message, TaskFailed.Kind kind) throws Exception {
    Path key = Files.writeString(directory.resolve("key"), "sk-secret\n");
    mesh.engine().json(CHAT, status, body);
    mesh.startOpenAi("\"api_key_file\":\"" + key + "\"");
    mesh.execute("a", ASK);

    TaskFailed failed = mesh.failure();
    assertThat(failed.getMessage()).isEqualTo(message);
    assertThat(failed.getKind()).isEqualTo(kind);
    assertThat(mesh.engine().received(CHAT).getFirst().headers())
        .containsEntry("authorization", "Bearer sk-secret");
  }

  @Test
  void anErrorWithinAStreamFailsTheTask() throws InterruptedException {
    mesh.engine()
        .on(
            CHAT,
            reply ->
                reply.stream(SSE)
                    .send(delta("{\"content\":\"a\"}"))
                    .send(event("{\"error\":{\"message\":\"out of memory\"}}"))
                    .end());
    mesh.startOpenAi("\"slots\":1");
    mesh.execute("a", ASK);

    TaskFailed failed = mesh.failure();
    assertThat(failed.getMessage()).isEqualTo("failed: out of memory");
    assertThat(failed.getKind()).isEqualTo(TaskFailed.Kind.KIND_EXECUTION);
  }

  @Test
  void anAnswerWithoutEndIsCutOff() throws Exception {
    CompletableFuture<Boolean> noticed = new CompletableFuture<>();
    mesh.engine()
        .on(
            CHAT,
            reply -> {
              reply.stream(SSE);
              try {
                while (true) {
                  reply.send(delta("{\"content\":\"more\"}"));
                }
              } finally {
                noticed.complete(true);
              }
            });
    mesh.startOpenAi("\"max_response_bytes\":65536");
    mesh.execute("a", ASK);

    assertThat(mesh.failure().getMessage())
        .isEqualTo("failed: the answer is larger than 65536 bytes");
    assertThat(noticed.get(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void wrongInputNeverReachesTheEngine() throws InterruptedException {
    mesh.startOpenAi("\"api\":\"chat\"");
    mesh.execute("a", "{\"prompt\":\"x\"}");
    TaskFailed missing = mesh.failure();
    assertThat(missing.getMessage()).isEqualTo("input_data.messages: Field required");
    assertThat(missing.getKind()).isEqualTo(TaskFailed.Kind.KIND_INVALID_INPUT);

    mesh.execute("b", "{\"messages\":[],\"model\":\"other\"}");
    assertThat(mesh.failure().getMessage())
        .isEqualTo("input_data.model: must be 'tiny', the model that runs here, or absent");
    assertThat(mesh.engine().received(CHAT)).isEmpty();
  }
}
