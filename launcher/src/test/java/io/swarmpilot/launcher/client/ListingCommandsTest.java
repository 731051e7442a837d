package io.swarmpilot.launcher.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.swarmpilot.proto.scheduler.v1.GetQueueInfoResponse;
import io.swarmpilot.proto.scheduler.v1.GetStrategyResponse;
import io.swarmpilot.proto.scheduler.v1.ListTasksRequest;
import io.swarmpilot.proto.scheduler.v1.ListTasksResponse;
import io.swarmpilot.proto.scheduler.v1.ModelQueue;
import io.swarmpilot.proto.scheduler.v1.QueueInfo;
import io.swarmpilot.proto.scheduler.v1.StrategyDescription;
import io.swarmpilot.proto.scheduler.v1.Task;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ListingCommandsTest {
  @Test
  void tasksAreFiltered() throws IOException {
    ListTasksResponse answer =
        ListTasksResponse.newBuilder()
            .setTotalTasks(3)
            .addTasks(
                Task.newBuilder()
                    .setTaskId("t1")
                    .setModelName("m")
                    .setTaskStatus("completed")
                    .setPriority("low")
                    .setStrategy("fifo")
                    .setSuccess(false))
            .build();
    try (ScriptedScheduler scheduler = ScriptedScheduler.answering(answer)) {
      String line =
          "tasks --status completed --model m --user u --instance i --priority low --strategy fifo"
              + " --success false --since 1h --until 2100-01-01T00:00:00Z --limit 1";
      assertThat(scheduler.run(line.split(" ")).out())
          .containsPattern("t1 +m +failed +low +fifo")
          .contains("1 of 3 shown");
      ListTasksRequest asked = scheduler.asked(ListTasksRequest.class);
      assertThat(asked.toBuilder().clearSubmittedAfter().build())
          .isEqualTo(
              ListTasksRequest.newBuilder()
                  .setTaskStatus("completed")
                  .setModelName("m")
                  .setUserId("u")
                  .setScheduledTi("i")
                  .setPriority("low")
                  .setStrategy("fifo")
                  .setSuccess(false)
                  .setSubmittedBefore(4_102_444_800.0)
                  .setPageSize(1)
                  .build());
      assertThat(asked.getSubmittedAfter())
          .isCloseTo(Instant.now().toEpochMilli() / 1e3 - 3_600, within(60.0));
    }
  }

  @Test
  void queuesOfModelsComeBeforeThoseOfInstances() throws IOException {
    GetQueueInfoResponse answer =
        GetQueueInfoResponse.newBuilder()
            .addModels(
                ModelQueue.newBuilder()
                    .setModelName("m")
                    .setQueuedTasks(12)
                    .setOldestWaitMs(345)
                    .setSlots(4)
                    .setWaitingTimeExpect(1_200)
                    .setWaitingTimeError(300))
            .addModels(ModelQueue.newBuilder().setModelName("gone"))
            .addQueues(
                QueueInfo.newBuilder()
                    .setModelName("m")
                    .setTiUuid("uuid-a")
                    .setState("available")
                    .setReplicas(4)
                    .setQueueSize(5)
                    .setCredit(1)
                    .setWaitingTimeExpect(1_200)
                    .setWaitingTimeError(300))
            .build();
    try (ScriptedScheduler scheduler = ScriptedScheduler.answering(answer)) {
      assertThat(scheduler.run("queues").out())
          .isEqualTo(
              """
              MODEL  QUEUED  OLDEST    SLOTS  WAIT
              m      12      345.0 ms  4      1200.0 ms ± 300.0 ms
              gone   0       -         0      no instance

              MODEL  INSTANCE  STATE      REPLICAS  TASKS  CREDIT  WAIT
              m      uuid-a    available  4         5      1       1200.0 ms ± 300.0 ms
              """);
    }
  }

  @Test
  void strategiesAreListedWithTheOneInForce() throws IOException {
    GetStrategyResponse.Builder answer =
        GetStrategyResponse.newBuilder()
            .setStrategy("fifo")
            .setPredictMode("default")
            .addStrategies(
                StrategyDescription.newBuilder()
                    .setName("weighted")
                    .setBinding("early")
                    .setDescription("Least wait."))
            .addStrategies(
                StrategyDescription.newBuilder()
                    .setName("fifo")
                    .setBinding("late")
                    .setDescription("In order."));
    assertThat(strategies(answer))
        .isEqualTo(
            """
            strategy          fifo
            tasks may choose  yes
            predict mode      default

               STRATEGY  BINDING  WHAT IT DOES
               weighted  early    Least wait.
            *  fifo      late     In order.
            """);
    assertThat(strategies(answer.setLocked(true))).contains("tasks may choose  no, it is locked");
  }

  private static String strategies(GetStrategyResponse.Builder answer) throws IOException {
    try (ScriptedScheduler scheduler = ScriptedScheduler.answering(answer.build())) {
      return scheduler.run("strategy").out();
    }
  }
}
