package io.swarmpilot.scheduler.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.StatusRuntimeException;
import io.swarmpilot.proto.scheduler.v1.DecisionCandidate;
import io.swarmpilot.proto.scheduler.v1.ExplainTaskRequest;
import io.swarmpilot.proto.scheduler.v1.ExplainTaskResponse;
import io.swarmpilot.proto.scheduler.v1.GetQueueInfoRequest;
import io.swarmpilot.proto.scheduler.v1.GetQueueInfoResponse;
import io.swarmpilot.proto.scheduler.v1.ModelQueue;
import io.swarmpilot.proto.scheduler.v1.QueueInfo;
import io.swarmpilot.proto.scheduler.v1.SetStrategyRequest;
import io.swarmpilot.proto.scheduler.v1.TaskDecision;
import io.swarmpilot.proto.taskinstance.v1.ExecuteTask;
import io.swarmpilot.runtime.error.ErrorMapping;
import io.swarmpilot.runtime.error.ErrorReason;
import io.swarmpilot.runtime.json.JsonValues;
import io.swarmpilot.scheduler.testing.Mesh;
import io.swarmpilot.scheduler.testing.ScriptedInstance;
import org.junit.jupiter.api.Test;

/// Why tasks were placed where they are, and what those that wait wait for.
final class ExplainTest {
  @Test
  void aPlacedTaskIsExplained() throws Exception {
    try (Mesh mesh = Mesh.inProcess()) {
      use(mesh, "shortest_queue");
      String first = mesh.add(new ScriptedInstance("one", "m", 1), 8100);
      String second = mesh.add(new ScriptedInstance("two", "m", 1), 8101);
      submit(mesh, "busy", "{}");
      submit(
          mesh,
          "asks",
          "{\"strategy\": \"least-requests\", \"user_id\": \"ann\", \"slo_deadline_ms\": 60000}");
      String holder = mesh.query("busy").getScheduledTi();
      String other = holder.equals(first) ? second : first;
      ExplainTaskResponse answer = explain(mesh, "asks");
      assertThat(answer.getStatus()).isEqualTo("success");
      assertThat(answer.getMessage()).isEqualTo("OK");
      assertThat(answer.getTaskStatus()).isEqualTo("scheduled");
      assertThat(answer.getUserId()).isEqualTo("ann");
      assertThat(answer.getSloDeadlineMs()).isEqualTo(60_000);
      assertThat(answer.hasQueue()).isFalse();
      TaskDecision decision = answer.getDecisions(0);
      assertThat(decision.getAttempt()).isEqualTo(1);
      assertThat(decision.getStrategy()).isEqualTo("least_requests");
      assertThat(decision.getOverridden()).isTrue();
      assertThat(decision.getFallback()).isFalse();
      assertThat(decision.getScheduledTi()).isEqualTo(other);
      assertThat(decision.getReason()).isNotBlank();
      assertThat(decision.getPrediction().getMeanMs()).isEqualTo(100);
      assertThat(decision.getPrediction().getMethod()).isEqualTo("model");
      assertThat(decision.getCandidatesConsidered()).isEqualTo(2);
      assertThat(decision.getCandidatesList())
          .extracting(DecisionCandidate::getTiUuid)
          .containsExactlyInAnyOrder(first, second);
      for (DecisionCandidate candidate : decision.getCandidatesList()) {
        assertThat(candidate.getChosen()).isEqualTo(candidate.getTiUuid().equals(other));
        assertThat(candidate.getOutstandingTasks()).isEqualTo(candidate.getChosen() ? 0 : 1);
        assertThat(candidate.hasMissProbability()).isTrue();
      }
      assertThat(explain(mesh, "busy").getDecisions(0).getOverridden()).isFalse();
    }
  }

  @Test
  void aQueuedTaskSaysWhatItWaitsFor() throws Exception {
    try (Mesh mesh = Mesh.inProcess()) {
      use(mesh, "fifo");
      ScriptedInstance instance = new ScriptedInstance("one", "m", 1);
      mesh.add(instance, 8100);
      for (int i = 0; i < 8; i++) {
        submit(mesh, "t" + i, "{}");
      }
      instance.complete(instance.next());
      mesh.await("t0");
      assertThat(mesh.query("t7").getTaskStatus()).isEqualTo("queued");
      ExplainTaskResponse waiting = explain(mesh, "t7");
      assertThat(waiting.getMessage()).isEqualTo("The task waits for an instance");
      assertThat(waiting.getDecisionsList()).isEmpty();
      assertThat(waiting.getQueue().getQueuedTasks()).isBetween(5, 6);
      assertThat(waiting.getQueue().getSlots()).isEqualTo(1);
      assertThat(waiting.getQueue().getWaitingTimeExpect()).isPositive();
      queueIsShown(mesh, waiting.getQueue().getQueuedTasks());
      for (int i = 1; i < 8; i++) {
        ExecuteTask task = instance.next();
        instance.begin(task);
        instance.complete(task);
      }
      mesh.await("t7");
      ExplainTaskResponse done = explain(mesh, "t7");
      assertThat(done.hasQueue()).isFalse();
      assertThat(done.getDecisions(0).getBinding()).isEqualTo("late");
      assertThat(done.getDecisions(0).getQueueWaitMs()).isPositive();
      Mesh.eventually("nothing waits", () -> queues(mesh).getModels(0).getQueuedTasks() == 0);
      assertThat(queues(mesh).getModels(0).getWaitingTimeExpect()).isZero();
      assertThat(queues(mesh).getQueues(0).getWaitingTimeExpect()).isZero();
    }
  }

  @Test
  void anUnknownTaskIsNotFound() throws Exception {
    try (Mesh mesh = Mesh.inProcess()) {
      refused(mesh, "nope", ErrorReason.TASK_NOT_FOUND);
      refused(mesh, "", ErrorReason.INVALID_FIELD);
    }
  }

  private static void queueIsShown(Mesh mesh, int queued) {
    GetQueueInfoResponse answer = queues(mesh);
    ModelQueue model = answer.getModels(0);
    assertThat(model.getModelName()).isEqualTo("m");
    assertThat(model.getQueuedTasks()).isEqualTo(queued);
    assertThat(model.getOldestWaitMs()).isPositive();
    assertThat(model.getSlots()).isEqualTo(1);
    assertThat(model.getWaitingTimeExpect()).isPositive();
    QueueInfo instance = answer.getQueues(0);
    assertThat(instance.getWaitingTimeExpect())
        .as("the central queue is ahead of a new task")
        .isGreaterThanOrEqualTo(model.getWaitingTimeExpect() / 2);
    assertThat(instance.getSlots()).isEqualTo(1);
    assertThat(instance.getCredit()).isZero();
    assertThat(instance.getSlowdown()).isPositive();
  }

  private static GetQueueInfoResponse queues(Mesh mesh) {
    return mesh.stub().getQueueInfo(GetQueueInfoRequest.newBuilder().setModelName("m").build());
  }

  private static ExplainTaskResponse explain(Mesh mesh, String id) {
    return mesh.stub().explainTask(ExplainTaskRequest.newBuilder().setTaskId(id).build());
  }

  private static void submit(Mesh mesh, String id, String metadata) {
    mesh.stub()
        .submitTask(
            Mesh.task("m").toBuilder().setTaskId(id).setMetadata(JsonValues.of(metadata)).build());
  }

  private static void use(Mesh mesh, String strategy) {
    mesh.stub().setStrategy(SetStrategyRequest.newBuilder().setName(strategy).build());
  }

  private static void refused(Mesh mesh, String id, ErrorReason reason) {
    assertThatThrownBy(() -> explain(mesh, id))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class, e -> assertThat(ErrorMapping.reason(e)).contains(reason));
  }
}
