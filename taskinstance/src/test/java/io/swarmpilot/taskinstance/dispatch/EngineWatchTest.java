package io.swarmpilot.taskinstance.dispatch;

import static io.swarmpilot.taskinstance.dispatch.EngineFixture.ASK;
import static io.swarmpilot.taskinstance.dispatch.EngineFixture.CHAT;
import static org.assertj.core.api.Assertions.assertThat;

import io.swarmpilot.proto.taskinstance.v1.DispatchEvent;
import io.swarmpilot.proto.taskinstance.v1.Heartbeat;
import io.swarmpilot.proto.taskinstance.v1.TaskRefused;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Engines that cease to answer, return, and tell how busy they are, as a scheduler sees it.
@Timeout(60)
class EngineWatchTest {
  private static final String METRICS =
      """
      vllm:num_requests_running{model_name="tiny"} %d.0
      vllm:num_requests_waiting{model_name="tiny"} %d.0
      vllm:kv_cache_usage_perc{model_name="tiny"} 0.5
      """;

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
  void anEngineThatDoesNotAnswerIsGivenNoTasksUntilItDoes() throws InterruptedException {
    mesh.engine().on(CHAT, EngineFixture::answer);
    mesh.startOpenAi("\"probe_interval_ms\":100");
    assertThat(mesh.run("a", ASK).has("choices")).isTrue();

    mesh.engine().json("/health", 503, "{\"error\":\"shutting down\"}");
    heartbeat(beat -> beat.getReplicasRunning() == 0 && beat.getSlots() == 0);
    assertThat(mesh.status().getReplicas(0).getState()).isEqualTo("unreachable");
    mesh.execute("b", ASK);
    assertThat(mesh.scheduler().next(DispatchEvent::hasRefused).getRefused().getReason())
        .isEqualTo(TaskRefused.Reason.REASON_NO_REPLICA);

    mesh.engine().json("/health", 200, "");
    heartbeat(beat -> beat.getReplicasRunning() == 1 && beat.getSlots() == 1);
    assertThat(mesh.run("c", ASK).has("choices")).isTrue();
  }

  @Test
  void waitingTasksAreHandedBackWhenTheirEngineIsGone() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    mesh.engine()
        .on(
            CHAT,
            reply -> {
              asked.countDown();
              reply.awaitDisconnect();
            });
    mesh.startOpenAi("\"probe_interval_ms\":60000");
    mesh.execute("runs", ASK);
    mesh.execute("waits", ASK);
    assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();

    // The broken connection of the task that runs has the engine asked long before it is due.
    mesh.engine().close();

    DispatchEvent failed = mesh.scheduler().next(DispatchEvent::hasFailed);
    assertThat(failed.getFailed().getTaskId()).isEqualTo("runs");
    DispatchEvent fate = mesh.scheduler().next(event -> event.hasRefused() || event.hasFailed());
    assertThat(fate.getRefused().getTaskId() + fate.getFailed().getTaskId()).isEqualTo("waits");
    heartbeat(beat -> beat.getReplicasRunning() == 0);
  }

  @Test
  void whatTheEngineSaysOfItsLoadIsReportedAndFollowed() throws InterruptedException {
    mesh.engine().json("/metrics", 200, METRICS.formatted(3, 0));
    mesh.startOpenAi("\"slots\":16,\"probe_interval_ms\":100");
    Heartbeat idle = heartbeat(Heartbeat::hasLoad);
    assertThat(idle.getLoad().getRunning()).isEqualTo(3);
    assertThat(idle.getLoad().getCacheUse()).isEqualTo(0.5);
    assertThat(idle.getSlots()).isEqualTo(16);

    // Others crowd the engine, which queues: fewer tasks are taken, and more again afterwards.
    mesh.engine().json("/metrics", 200, METRICS.formatted(30, 9));
    Heartbeat crowded = heartbeat(beat -> beat.getSlots() < 16);
    assertThat(crowded.getLoad().getWaiting()).isEqualTo(9);
    heartbeat(beat -> beat.getSlots() == 2);
    assertThat(mesh.status().getLoad().getRunning()).isEqualTo(30);
    assertThat(mesh.status().getReplicas(0).getSlots()).isEqualTo(2);

    mesh.engine().json("/metrics", 200, METRICS.formatted(1, 0));
    heartbeat(beat -> beat.getSlots() == 16);
  }

  @Test
  void theForecastCountsEverySlot() throws InterruptedException {
    CountDownLatch end = new CountDownLatch(1);
    mesh.engine()
        .on(
            CHAT,
            reply -> {
              awaitQuietly(end);
              EngineFixture.answer(reply);
            });
    mesh.startOpenAi("\"slots\":3");
    for (String id : List.of("a", "b", "c", "d", "e", "f")) {
      mesh.executeExpecting(id, ASK, 600_000, 0);
    }
    heartbeat(beat -> beat.getRunning() == 3 && beat.getPending() == 3);

    // Three run and three wait, ten minutes each: the seventh starts after twenty, not after sixty.
    assertThat(mesh.predictQueue().getExpectedMs()).isBetween(1_100_000.0, 1_200_000.0);
    end.countDown();
  }

  private Heartbeat heartbeat(Predicate<Heartbeat> wanted) throws InterruptedException {
    return mesh.scheduler()
        .next(event -> event.hasHeartbeat() && wanted.test(event.getHeartbeat()))
        .getHeartbeat();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      boolean _ = latch.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
