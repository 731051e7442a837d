package io.swarmpilot.scheduler.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.swarmpilot.proto.scheduler.v1.CancelTaskRequest;
import io.swarmpilot.proto.scheduler.v1.CancelTaskResponse;
import io.swarmpilot.proto.scheduler.v1.RemoveInstanceRequest;
import io.swarmpilot.proto.scheduler.v1.RemoveInstanceResponse;
import io.swarmpilot.proto.scheduler.v1.Task;
import io.swarmpilot.proto.taskinstance.v1.ExecuteTask;
import io.swarmpilot.proto.taskinstance.v1.TaskFailed.Kind;
import io.swarmpilot.scheduler.SchedulerConfig;
import io.swarmpilot.scheduler.testing.Mesh;
import io.swarmpilot.scheduler.testing.ScriptedInstance;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/// What becomes of tasks when instances are lost, return, drain, refuse and fail.
final class LossTest {
  private static SchedulerConfig quick(SchedulerConfig config) {
    return config.withLeaseTimeout(Duration.ofSeconds(2));
  }

  @Test
  void aKilledInstanceLosesItsTasksToAnotherWithinThreeSeconds() throws Exception {
    try (Mesh mesh = Mesh.overNetwork(LossTest::quick)) {
      ScriptedInstance first = new ScriptedInstance("one", "m", 1);
      ScriptedInstance second = new ScriptedInstance("two", "m", 1).answeringAtOnce();
      String firstUuid = mesh.add(first, 0);
      final int port = first.port();
      String id = mesh.submit("m").getTaskId();
      assertThat(first.next().getTaskId()).isEqualTo(id);
      final String secondUuid = mesh.add(second, 0);
      long killed = System.nanoTime();
      first.kill();
      Task task = mesh.await(id);
      assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - killed)).isLessThan(4_000);
      assertThat(task.getSuccess()).isTrue();
      assertThat(task.getAttempt()).isEqualTo(2);
      assertThat(task.getScheduledTi()).isEqualTo(secondUuid);
      assertThat(mesh.instance(firstUuid).getState()).isEqualTo("unavailable");
      assertThat(mesh.instance(firstUuid).getWaitingTimeExpect()).isZero();

      ScriptedInstance returned = new ScriptedInstance("one", "m", 1);
      mesh.start(returned, port);
      Mesh.eventually(
          "available again", () -> mesh.instance(firstUuid).getState().equals("available"));
    }
  }

  @Test
  void aSilentInstanceIsGivenUpAndItsLateAnswerDiscarded() throws Exception {
    try (Mesh mesh = Mesh.inProcess(c -> c.withLeaseTimeout(Duration.ofMillis(600)))) {
      ScriptedInstance first = new ScriptedInstance("one", "m", 1);
      String firstUuid = mesh.add(first, 8100);
      final String id = mesh.submit("m").getTaskId();
      final ExecuteTask attempt1 = first.next();
      ScriptedInstance second = new ScriptedInstance("two", "m", 1);
      mesh.add(second, 8101);
      first.fallSilent();
      ExecuteTask attempt2 = second.next();
      assertThat(attempt2.getTaskId()).isEqualTo(id);
      assertThat(attempt2.getAttempt()).isEqualTo(2);
      first.complete(attempt1);
      first.speakAgain();
      Mesh.eventually("back", () -> mesh.instance(firstUuid).getState().equals("available"));
      assertThat(mesh.query(id).getTaskStatus()).isEqualTo("scheduled");
      second.complete(attempt2);
      assertThat(mesh.await(id).getResult().getJson()).contains("two");
    }
  }

  @Test
  void aBrokenStreamAloneLosesNothing() throws Exception {
    try (Mesh mesh = Mesh.under("shortest_queue")) {
      ScriptedInstance instance = new ScriptedInstance("one", "m", 1);
      String uuid = mesh.add(instance, 8100);
      String running = mesh.submit("m").getTaskId();
      String ended = mesh.submit("m").getTaskId();
      ExecuteTask first = instance.next();
      ExecuteTask second = instance.next();
      instance.breakStream();
      instance.complete(second);
      Task task = mesh.await(ended);
      assertThat(task.getAttempt()).as("its outcome is sent again").isEqualTo(1);
      Mesh.eventually("back", () -> mesh.instance(uuid).getState().equals("available"));
      instance.complete(first);
      assertThat(mesh.await(running).getAttempt()).isEqualTo(1);
    }
  }

  @Test
  void aTaskThatIsAlwaysLostFailsWithTheReasons() throws Exception {
    try (Mesh mesh = Mesh.inProcess()) {
      ScriptedInstance instance = new ScriptedInstance("one", "m", 1);
      mesh.add(instance, 8100);
      String id = mesh.submit("m").getTaskId();
      for (int attempt = 1; attempt <= 3; attempt++) {
        ExecuteTask task = instance.next();
        assertThat(task.getAttempt()).isEqualTo(attempt);
        instance.fail(task, Kind.KIND_REPLICA_LOST, "engine died");
      }
      Task task = mesh.await(id);
      assertThat(task.getTaskStatus()).isEqualTo("completed");
      assertThat(task.getSuccess()).isFalse();
      assertThat(task.getError()).contains("attempt 1: engine died", "attempt 3: engine died");
      assertThat(task.getResult().getJson()).startsWith("{\"error\":\"");
    }
  }

  @Test
  void anAcceptedTaskWithoutInstanceFailsClearlyAfterTheBound() throws Exception {
    try (Mesh mesh =
        Mesh.inProcess(config ->
            config
                .withLeaseTimeout(Duration.ofMillis(500))
                .withQueueTimeout(Duration.ofMillis(300)))) {
      ScriptedInstance instance = new ScriptedInstance("one", "m", 1);
      mesh.add(instance, 8100);
      String id = mesh.submit("m").getTaskId();
      instance.next();
      instance.kill();
      Task task = mesh.await(id);
      assertThat(task.getSuccess()).isFalse();
      assertThat(task.getError()).startsWith("No available instances for model type m");
    }
  }

  @Test
  void removingInterruptsNothing() throws Exception {
    try (Mesh mesh = Mesh.inProcess()) {
      ScriptedInstance instance = new ScriptedInstance("one", "m", 1);
      String uuid = mesh.add(instance, 8100);
      String id = mesh.submit("m").getTaskId();
      RemoveInstanceRequest request = RemoveInstanceRequest.newBuilder().setTiUuid(uuid).build();
      RemoveInstanceResponse removed = mesh.stub().removeInstance(request);
      assertThat(removed.getStatus()).isEqualTo("success");
      assertThat(mesh.instance(uuid).getState()).isEqualTo("draining");
      Assertions.assertThatThrownBy(() -> mesh.submit("m"))
          .isInstanceOfSatisfying(
              StatusRuntimeException.class,
              e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE));
      instance.complete(instance.next());
      assertThat(mesh.await(id).getSuccess()).isTrue();
      assertThat(mesh.instance(uuid).getTiUuid()).as("gone with its last task").isEmpty();
      assertThat(mesh.stub().removeInstance(request).getMessage())
          .isEqualTo("TaskInstance not found");
    }
  }

  @Test
  void cancellingReachesTheInstance() throws Exception {
    try (Mesh mesh = Mesh.inProcess()) {
      ScriptedInstance instance = new ScriptedInstance("one", "m", 1);
      mesh.add(instance, 8100);
      String id = mesh.submit("m").getTaskId();
      instance.next();
      CancelTaskRequest cancel = CancelTaskRequest.newBuilder().setTaskId(id).build();
      CancelTaskResponse response = mesh.stub().cancelTask(cancel);
      assertThat(response.getMessage()).isEqualTo("cancelling");
      assertThat(instance.nextAborted()).isEqualTo(id);
      Task task = mesh.await(id);
      assertThat(task.getResult().getJson()).isEqualTo("{\"error\":\"cancelled\"}");
      assertThat(task.getSuccess()).isFalse();
      assertThat(mesh.stub().cancelTask(cancel).getMessage()).isEqualTo("already completed");
    }
  }

  @Test
  void anInstanceWithoutReplicasGetsNothing() throws Exception {
    try (Mesh mesh = Mesh.inProcess()) {
      ScriptedInstance instance = new ScriptedInstance("one", "m", 1).answeringAtOnce();
      String uuid = mesh.add(instance, 8100);
      instance.replicas(0);
      Mesh.eventually("heard", () -> mesh.instance(uuid).getReplicas() == 0);
      Assertions.assertThatThrownBy(() -> mesh.submit("m"))
          .hasMessageContaining("No available instances for model type m");
      instance.replicas(1);
      Mesh.eventually("heard", () -> mesh.instance(uuid).getReplicas() == 1);
      assertThat(mesh.await(mesh.submit("m").getTaskId()).getSuccess()).isTrue();
    }
  }
}
