package io.swarmpilot.scheduler.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmpilot.proto.scheduler.v1.GetQueueInfoRequest;
import io.swarmpilot.proto.scheduler.v1.QueueInfo;
import io.swarmpilot.proto.scheduler.v1.SetStrategyRequest;
import io.swarmpilot.proto.scheduler.v1.SubmitTaskResponse;
import io.swarmpilot.proto.scheduler.v1.SubmitTasksRequest;
import io.swarmpilot.proto.scheduler.v1.SubmitTasksResponse;
import io.swarmpilot.proto.scheduler.v1.SubmittedTask;
import io.swarmpilot.proto.scheduler.v1.Task;
import io.swarmpilot.proto.scheduler.v1.TaskSpec;
import io.swarmpilot.proto.taskinstance.v1.ExecuteTask;
import io.swarmpilot.runtime.json.JsonValues;
import io.swarmpilot.scheduler.testing.Mesh;
import io.swarmpilot.scheduler.testing.ScriptedInstance;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Where tasks go, end to end.
final class PlacementTest {
  @ParameterizedTest
  @ValueSource(strings = {"shortest_queue", "weighted", "ROUND-ROBIN"})
  void aBurstDoesNotHerd(String strategy) throws Exception {
    try (Mesh mesh = Mesh.inProcess()) {
      for (int i = 0; i < 10; i++) {
        mesh.add(new ScriptedInstance("i" + i, "m", 1), 8100 + i);
      }
      assertThat(setStrategy(mesh, strategy)).isEqualTo("success");
      SubmitTasksRequest.Builder batch = SubmitTasksRequest.newBuilder().setModelName("m");
      for (int i = 0; i < 1_000; i++) {
        batch.addTasks(TaskSpec.newBuilder().setTaskInput(JsonValues.emptyObject()));
      }
      SubmitTasksResponse response = mesh.stub().submitTasks(batch.build());
      assertThat(response.getStatus()).isEqualTo("success");
      Map<String, Integer> share = new HashMap<>();
      for (SubmittedTask task : response.getResultsList()) {
        share.merge(task.getScheduledTi(), 1, Integer::sum);
      }
      assertThat(share).hasSize(10);
      assertThat(Collections.max(share.values()) - Collections.min(share.values()))
          .as("%s: %s", strategy, share)
          .isLessThanOrEqualTo(strategy.equals("ROUND-ROBIN") ? 0 : 1);
    }
  }

  @Test
  void concurrentSubmitsAllRunOnceAndSwitchingLosesNothing() throws Exception {
    try (Mesh mesh = Mesh.overNetwork();
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      ScriptedInstance first = new ScriptedInstance("one", "m", 2).answeringAtOnce();
      ScriptedInstance second = new ScriptedInstance("two", "m", 2).answeringAtOnce();
      mesh.add(first, 0);
      mesh.add(second, 0);
      Map<String, String> placed = new ConcurrentHashMap<>();
      for (int i = 0; i < 2_000; i++) {
        callers.execute(() -> {
          SubmitTaskResponse response = mesh.submit("m");
          placed.put(response.getTaskId(), response.getScheduledTi());
        });
      }
      List<String> strategies =
          List.of("probabilistic", "weighted", "round_robin", "shortest_queue");
      for (int i = 0; i < 40; i++) {
        assertThat(setStrategy(mesh, strategies.get(i % 4))).isEqualTo("success");
      }
      callers.shutdown();
      assertThat(callers.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
      assertThat(placed).hasSize(2_000);
      for (String id : placed.keySet()) {
        Task task = mesh.await(id);
        assertThat(task.getTaskStatus()).isEqualTo("completed");
        assertThat(task.getSuccess()).isTrue();
        assertThat(task.getAttempt()).isEqualTo(1);
      }
      assertThat(first.received() + second.received()).as("none ran twice").isEqualTo(2_000);
      assertThat(queues(mesh))
          .allSatisfy(queue -> {
            assertThat(queue.getWaitingTimeExpect()).isZero();
            assertThat(queue.getWaitingTimeError()).isZero();
            assertThat(queue.getQueueSize()).isZero();
          });
    }
  }

  @Test
  void waitsRiseWithTheQueueAndReturnToExactlyZero() throws Exception {
    try (Mesh mesh = Mesh.under("shortest_queue")) {
      ScriptedInstance instance = new ScriptedInstance("one", "m", 1);
      mesh.add(instance, 8100);
      List<ExecuteTask> tasks = new ArrayList<>();
      double before = 0;
      for (int i = 0; i < 5; i++) {
        mesh.submit("m");
        tasks.add(instance.next());
        QueueInfo queue = queues(mesh).getFirst();
        assertThat(queue.getWaitingTimeExpect()).isGreaterThan(before + 50);
        assertThat(queue.getWaitingTimeError()).isPositive();
        assertThat(queue.getQueueSize()).isEqualTo(i + 1);
        before = queue.getWaitingTimeExpect();
      }
      for (ExecuteTask task : tasks) {
        instance.begin(task);
        instance.complete(task);
        mesh.await(task.getTaskId());
      }
      QueueInfo idle = queues(mesh).getFirst();
      assertThat(idle.getWaitingTimeExpect()).isZero();
      assertThat(idle.getWaitingTimeError()).isZero();
    }
  }

  @Test
  void aFreeReplicaMeansNoWait() throws Exception {
    try (Mesh mesh = Mesh.inProcess()) {
      mesh.add(new ScriptedInstance("one", "m", 3), 8100);
      mesh.submit("m");
      mesh.submit("m");
      assertThat(queues(mesh).getFirst().getWaitingTimeExpect()).isZero();
      mesh.submit("m");
      assertThat(queues(mesh).getFirst().getWaitingTimeExpect()).isPositive();
    }
  }

  @Test
  void everyModelHasItsOwnTurn() throws Exception {
    try (Mesh mesh = Mesh.inProcess()) {
      mesh.add(new ScriptedInstance("a1", "a", 1), 8100);
      mesh.add(new ScriptedInstance("a2", "a", 1), 8101);
      mesh.add(new ScriptedInstance("b1", "b", 1), 8103);
      mesh.add(new ScriptedInstance("b2", "b", 1), 8104);
      setStrategy(mesh, "round_robin");
      Map<String, Integer> share = new HashMap<>();
      for (int i = 0; i < 20; i++) {
        share.merge(mesh.submit("a").getScheduledTi(), 1, Integer::sum);
        share.merge(mesh.submit("b").getScheduledTi(), 1, Integer::sum);
      }
      assertThat(share.values()).containsOnly(10).hasSize(4);
    }
  }

  private static String setStrategy(Mesh mesh, String name) {
    return mesh.stub()
        .setStrategy(SetStrategyRequest.newBuilder().setName(name).build())
        .getStatus();
  }

  private static List<QueueInfo> queues(Mesh mesh) {
    return mesh.stub().getQueueInfo(GetQueueInfoRequest.getDefaultInstance()).getQueuesList();
  }
}
