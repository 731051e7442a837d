package io.swarmpilot.launcher.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmpilot.launcher.CommandLineRun;
import io.swarmpilot.launcher.JsonTree;
import io.swarmpilot.proto.scheduler.v1.DecisionCandidate;
import io.swarmpilot.proto.scheduler.v1.ExplainTaskRequest;
import io.swarmpilot.proto.scheduler.v1.ExplainTaskResponse;
import io.swarmpilot.proto.scheduler.v1.PredictionQuantile;
import io.swarmpilot.proto.scheduler.v1.QueueOutlook;
import io.swarmpilot.proto.scheduler.v1.TaskDecision;
import io.swarmpilot.proto.scheduler.v1.UsedPrediction;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ExplainCommandTest {
  private static final ExplainTaskResponse PLACED =
      ExplainTaskResponse.newBuilder()
          .setStatus("success")
          .setMessage("OK")
          .setTaskId("t1")
          .setModelName("m")
          .setTaskStatus("completed")
          .setPriority("high")
          .setUserId("docs")
          .setSloDeadlineMs(2_000)
          .setDeadline(1_700_000_000)
          .setDemoted(true)
          .setLosses(1)
          .addDecisions(
              TaskDecision.newBuilder()
                  .setAttempt(2)
                  .setDecisionTime(1_700_000_000)
                  .setStrategy("slo_probability")
                  .setOverridden(true)
                  .setBinding("late")
                  .setReason("least probable miss")
                  .setConfidence(0.87654321)
                  .setEstimatedCost(0.000125)
                  .putNotes("p_miss", "0.12")
                  .setQueueWaitMs(12_345)
                  .setPrediction(
                      UsedPrediction.newBuilder()
                          .setMeanMs(100)
                          .setErrorMs(20)
                          .setMethod("statistics")
                          .setFallback(true)
                          .addQuantiles(
                              PredictionQuantile.newBuilder().setQuantile(0.5).setValueMs(95))
                          .addQuantiles(
                              PredictionQuantile.newBuilder().setQuantile(0.99).setValueMs(180)))
                  .setCandidatesConsidered(40)
                  .addCandidates(
                      DecisionCandidate.newBuilder()
                          .setTiUuid("uuid-a")
                          .setChosen(true)
                          .setScore(0.12)
                          .setWaitingTimeExpect(0)
                          .setExecutionMs(100)
                          .setExecutionErrorMs(20)
                          .setExecutionP90Ms(130)
                          .setMissProbability(0.12)
                          .setOutstandingTasks(1)
                          .setSlots(4)
                          .setCachedBlocks(3))
                  .addCandidates(DecisionCandidate.newBuilder().setTiUuid("uuid-b").setSlots(1)))
          .build();

  @Test
  void showsEveryAttemptWithItsCandidates() throws IOException {
    try (ScriptedScheduler scheduler = ScriptedScheduler.answering(PLACED)) {
      CommandLineRun run = scheduler.run("explain", "t1");
      assertThat(run.err()).isEmpty();
      assertThat(scheduler.asked(ExplainTaskRequest.class).getTaskId()).isEqualTo("t1");
      assertThat(run.out().lines())
          .containsSubsequence(
              "task       t1",
              "priority   high",
              "user       docs",
              "lost       1 times (it may have run before)",
              "strategy    slo_probability, binds late, asked for by the task",
              "reason      least probable miss",
              "confidence  0.8765",
              "cost        0.000125",
              "p_miss      0.12",
              "prediction  100.0 ms ± 20.0 ms by statistics, as the predictor could not tell"
                  + "; p50 95.0 ms; p99 180.0 ms",
              "   INSTANCE  SCORE  WAIT             EXECUTION           P90       P(MISS)  TASKS"
                  + "   CACHED",
              "*  uuid-a    0.12   0.0 ms ± 0.0 ms  100.0 ms ± 20.0 ms  130.0 ms  0.12     1 of 4"
                  + "  3",
              "   uuid-b    -      -                -                   -         -        0 of 1"
                  + "  0",
              "2 of 40 shown")
          .anyMatch(line -> line.matches("objective  2000.0 ms, by .*, demoted"))
          .anyMatch(line -> line.matches("Attempt 2, .*, after 12.3 s in the queue"));
    }
  }

  @Test
  void printsTheDocumentedJson() throws IOException {
    try (ScriptedScheduler scheduler = ScriptedScheduler.answering(PLACED)) {
      JsonTree json = JsonTree.parse(scheduler.run("explain", "t1", "--json").out());
      assertThat(json.text("task_id")).isEqualTo("t1");
      assertThat(json.array("decisions")).hasSize(1);
    }
  }

  @Test
  void saysWhatAQueuedTaskWaitsFor() throws IOException {
    QueueOutlook.Builder queue =
        QueueOutlook.newBuilder().setQueuedTasks(7).setWaitedMs(1_500).setSlots(2);
    assertThat(remarks(queue))
        .contains(
            "waits     1500.0 ms so far, one of 7 for 2 slots; no instance is available",
            "remark    the task waits");
    assertThat(remarks(queue.setWaitingTimeExpect(300).setWaitingTimeError(40)))
        .contains("a task submitted now would wait 300.0 ms ± 40.0 ms");
  }

  private static String remarks(QueueOutlook.Builder queue) throws IOException {
    ExplainTaskResponse waiting =
        ExplainTaskResponse.newBuilder()
            .setTaskId("t1")
            .setMessage("the task waits")
            .setTaskStatus("queued")
            .setQueue(queue)
            .build();
    try (ScriptedScheduler scheduler = ScriptedScheduler.answering(waiting)) {
      return scheduler.run("explain", "t1").out();
    }
  }
}
