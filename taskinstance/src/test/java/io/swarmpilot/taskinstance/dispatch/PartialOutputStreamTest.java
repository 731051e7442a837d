package io.swarmpilot.taskinstance.dispatch;

import static io.swarmpilot.taskinstance.dispatch.EngineFixture.ASK;
import static io.swarmpilot.taskinstance.dispatch.EngineFixture.CHAT;
import static io.swarmpilot.taskinstance.dispatch.EngineFixture.SSE;
import static io.swarmpilot.taskinstance.dispatch.EngineFixture.delta;
import static io.swarmpilot.taskinstance.dispatch.EngineFixture.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.swarmpilot.proto.common.v1.OutputStatistics;
import io.swarmpilot.proto.taskinstance.v1.DispatchEvent;
import io.swarmpilot.proto.taskinstance.v1.TaskProgress;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Partial output from an engine's bytes to the scheduler's stream.
@Timeout(60)
class PartialOutputStreamTest {
  private final Semaphore turn = new Semaphore(0);
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
  void everyChunkOfAChatTravelsWhileTheNextIsAwaited() throws InterruptedException {
    mesh.engine()
        .on(
            CHAT,
            reply -> {
              reply.stream(SSE).send(delta("{\"role\":\"assistant\",\"content\":\"\"}"));
              for (String token : new String[] {"a", "b", "c"}) {
                turn.acquireUninterruptibly();
                reply.send(delta("{\"content\":\"%s\"}".formatted(token)));
              }
              reply
                  .send(
                      event(
                          "{\"choices\":[],\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":3}}"))
                  .send("data: [DONE]\n\n")
                  .end();
            });
    mesh.startOpenAi("\"slots\":1");
    mesh.execute("a", ASK);
    mesh.scheduler().follow("a", true);

    assertThat(piece(0)).contains("\"role\":\"assistant\"");
    for (int i = 0; i < 3; i++) {
      // The engine goes on only once its last chunk has come through.
      turn.release();
      assertThat(piece(i + 1)).contains("\"content\":\"" + "abc".charAt(i) + "\"");
    }
    assertThat(piece(4)).contains("\"completion_tokens\":3");
    OutputStatistics output =
        mesh.scheduler().next(DispatchEvent::hasCompleted).getCompleted().getOutput();
    assertThat(output.getPieces()).isEqualTo(3);
    assertThat(output.getTimeToFirstOutputMs()).isPositive();
    assertThat(output.getGapMaxMs()).isGreaterThanOrEqualTo(output.getGapP50Ms());
    assertThat(output.getPromptTokens()).isEqualTo(7);
    assertThat(output.getCompletionTokens()).isEqualTo(3);
  }

  private String piece(int sequence) throws InterruptedException {
    TaskProgress progress = mesh.scheduler().next(DispatchEvent::hasProgress).getProgress();
    assertThat(progress.getTaskId()).isEqualTo("a");
    assertThat(progress.getAttempt()).isEqualTo(1);
    assertThat(progress.getSequence()).isEqualTo(sequence);
    return progress.getOutput().getJson();
  }
}
