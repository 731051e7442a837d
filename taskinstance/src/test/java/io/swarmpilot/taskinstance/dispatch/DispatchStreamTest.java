package io.swarmpilot.taskinstance.dispatch;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ManagedChannel;
import io.swarmpilot.proto.common.v1.JsonValue;
import io.swarmpilot.proto.taskinstance.v1.DispatchCommand;
import io.swarmpilot.proto.taskinstance.v1.DispatchEvent;
import io.swarmpilot.proto.taskinstance.v1.DispatchRequest;
import io.swarmpilot.proto.taskinstance.v1.ExecuteTask;
import io.swarmpilot.proto.taskinstance.v1.HeldTask;
import io.swarmpilot.proto.taskinstance.v1.Inventory;
import io.swarmpilot.proto.taskinstance.v1.StartModelsRequest;
import io.swarmpilot.proto.taskinstance.v1.StartModelsResponse;
import io.swarmpilot.proto.taskinstance.v1.TaskFailed;
import io.swarmpilot.proto.taskinstance.v1.TaskInstanceServiceGrpc;
import io.swarmpilot.proto.taskinstance.v1.TaskInstanceServiceGrpc.TaskInstanceServiceBlockingStub;
import io.swarmpilot.proto.taskinstance.v1.TaskRefused;
import io.swarmpilot.runtime.error.ErrorMapping;
import io.swarmpilot.runtime.error.ErrorReason;
import io.swarmpilot.runtime.grpc.MeshChannels;
import io.swarmpilot.runtime.json.JsonValues;
import io.swarmpilot.taskinstance.TaskInstanceConfig;
import io.swarmpilot.taskinstance.TaskInstanceServer;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DispatchStreamTest {
  private static final String FAST = "{\"backend\":\"simulated\"}";
  private static final String ENDLESS = "{\"backend\":\"simulated\",\"latency_ms\":3600000}";

  private TaskInstanceServer instance;
  private ManagedChannel channel;
  private DispatchClient scheduler;

  @BeforeEach
  void start() throws IOException {
    String name = UUID.randomUUID().toString();
    instance =
        TaskInstanceServer.start(
            TaskInstanceConfig.defaults().withPort(-1).withInProcessName(name).withMaxQueue(20_000),
            Optional.empty());
    channel = MeshChannels.inProcess(name);
    scheduler = DispatchClient.open(channel);
  }

  @AfterEach
  void stop() {
    scheduler.close();
    channel.shutdownNow();
    instance.close();
  }

  @Test
  void beginsWithTheInventory() throws InterruptedException {
    startModel("m", FAST, 2);
    scheduler.hello("s", 1);

    Inventory inventory = scheduler.inventory();
    assertThat(inventory.getTasksList()).isEmpty();
    assertThat(inventory.getIncarnation()).isNotEmpty();
    assertThat(inventory.getStatus().getModelType()).isEqualTo("m");
    assertThat(inventory.getStatus().getReplicasRunning()).isEqualTo(2);
    assertThat(inventory.getStatus().getBackend()).isEqualTo("simulated");
  }

  @Test
  void runsATask() throws InterruptedException {
    startModel("m", FAST, 1);
    scheduler.hello("s", 1);
    scheduler.execute("a", 2, "m");
    scheduler.inventory();

    DispatchEvent started = scheduler.next();
    assertThat(started.getStarted().getTaskId()).isEqualTo("a");
    assertThat(started.getStarted().getReplicaId()).isEqualTo("replica-1");
    DispatchEvent completed = scheduler.next();
    assertThat(completed.getCompleted().getAttempt()).isEqualTo(2);
    assertThat(completed.getCompleted().getResult().getJson()).contains("\"output\"");
    assertThat(completed.getCompleted().getReplicaId()).isEqualTo("replica-1");
    assertThat(completed.getCompleted().getExecutionMs()).isPositive();
  }

  @Test
  void aTaskWhoseTimeRunsOutEndsWithoutBeingTold() throws InterruptedException {
    startModel("m", ENDLESS, 1);
    scheduler.hello("s", 1);
    for (String id : new String[] {"runs", "waits"}) {
      DispatchCommand.Builder command = DispatchClient.command(id, 1, "m").toBuilder();
      command.getExecuteBuilder().setRemainingMs(50);
      scheduler.send(command.build());
    }
    for (int i = 0; i < 2; i++) {
      TaskFailed failed = scheduler.next(DispatchEvent::hasFailed).getFailed();
      assertThat(failed.getKind()).isEqualTo(TaskFailed.Kind.KIND_CANCELLED);
      assertThat(failed.getMessage()).isEqualTo("its time ran out");
      assertThat(failed.getExecutionMs() + failed.getWaitMs()).isGreaterThanOrEqualTo(50);
    }
  }

  @Test
  void wantsAHelloFirstAndOnce() throws Exception {
    scheduler.execute("a", 1, "m");
    assertThat(reason(scheduler.end())).isEqualTo(ErrorReason.INVALID_FIELD);

    try (DispatchClient twice = DispatchClient.open(channel)) {
      twice.hello("s", 1);
      twice.hello("s", 2);
      assertThat(reason(twice.end())).isEqualTo(ErrorReason.INVALID_FIELD);
    }
  }

  @Test
  void givesWayToAHigherEpoch() throws Exception {
    startModel("m", ENDLESS, 1);
    scheduler.hello("old", 1);
    scheduler.execute("a", 1, "m");
    scheduler.next(DispatchEvent::hasStarted);

    try (DispatchClient newer = DispatchClient.open(channel)) {
      newer.hello("new", 2);

      assertThat(newer.inventory().getTasksList())
          .containsExactly(
              HeldTask.newBuilder().setTaskId("a").setAttempt(1).setRunning(true).build());
      assertThat(reason(scheduler.end())).isEqualTo(ErrorReason.SUPERSEDED);
      newer.abort("a", 1);
      assertThat(newer.next().getFailed().getTaskId()).isEqualTo("a");
    }
  }

  @Test
  void refusesALowerEpochAndAStrangerOfTheSame() throws Exception {
    scheduler.hello("s", 5);
    scheduler.inventory();

    for (DispatchClient stale : new DispatchClient[] {greeting("s", 4), greeting("other", 5)}) {
      assertThat(reason(stale.end())).isEqualTo(ErrorReason.STALE_EPOCH);
      stale.close();
    }
    try (DispatchClient again = greeting("s", 5)) {
      again.inventory();
      assertThat(reason(scheduler.end())).isEqualTo(ErrorReason.SUPERSEDED);
    }
  }

  @Test
  void repeatsAnOutcomeOnEveryStreamUntilItIsAcknowledged() throws Exception {
    startModel("m", FAST, 1);
    scheduler.hello("s", 1);
    scheduler.execute("a", 1, "m");
    scheduler.execute("b", 1, "m");
    scheduler.next(DispatchEvent::hasCompleted);
    scheduler.next(DispatchEvent::hasCompleted);
    scheduler.acknowledge("b", 1);
    awaitObedience(scheduler);
    scheduler.close();

    for (int reconnect = 0; reconnect < 2; reconnect++) {
      try (DispatchClient next = greeting("s", 1)) {
        assertThat(next.inventory().getTasksList()).isEmpty();
        assertThat(next.next().getCompleted().getTaskId()).isEqualTo("a");
        awaitObedience(next);
      }
    }
    try (DispatchClient last = greeting("s", 2)) {
      last.inventory();
      assertThat(last.next().getCompleted().getTaskId()).isEqualTo("a");
      last.acknowledge("a", 1);
      awaitObedience(last);
    }
    try (DispatchClient after = greeting("s", 3)) {
      after.inventory();
      awaitObedience(after);
    }
  }

  @Test
  void keepsWhatEndsWhileNoStreamIsOpen() throws Exception {
    startModel("m", ENDLESS, 1);
    scheduler.hello("s", 1);
    scheduler.execute("a", 1, "m");
    scheduler.next(DispatchEvent::hasStarted);
    scheduler.abort("a", 1);
    awaitObedience(scheduler);
    scheduler.close();

    try (DispatchClient next = greeting("s", 2)) {
      DispatchEvent event = next.next(DispatchEvent::hasFailed);
      assertThat(event.getFailed().getKind()).isEqualTo(TaskFailed.Kind.KIND_CANCELLED);
    }
  }

  @Test
  void stopsWaitingAndRunningTasks() throws InterruptedException {
    startModel("m", ENDLESS, 1);
    scheduler.hello("s", 1);
    scheduler.execute("running", 1, "m");
    scheduler.execute("waiting", 1, "m");
    scheduler.next(DispatchEvent::hasStarted);

    scheduler.abort("waiting", 1);
    TaskFailed waiting = scheduler.next().getFailed();
    assertThat(waiting.getTaskId()).isEqualTo("waiting");
    assertThat(waiting.getKind()).isEqualTo(TaskFailed.Kind.KIND_CANCELLED);
    assertThat(waiting.getReplicaId()).isEmpty();
    assertThat(waiting.getExecutionMs()).isZero();

    scheduler.abort("running", 1);
    TaskFailed running = scheduler.next().getFailed();
    assertThat(running.getTaskId()).isEqualTo("running");
    assertThat(running.getReplicaId()).isEqualTo("replica-1");
  }

  @Test
  void refusesWhatItCannotRun() throws InterruptedException {
    scheduler.hello("s", 1);
    scheduler.inventory();
    scheduler.execute("a", 1, "m");
    assertThat(scheduler.next().getRefused().getReason())
        .isEqualTo(TaskRefused.Reason.REASON_NO_REPLICA);

    startModel("m", FAST, 1);
    scheduler.execute("b", 1, "other");
    assertThat(scheduler.next().getRefused().getReason())
        .isEqualTo(TaskRefused.Reason.REASON_MODEL_MISMATCH);
  }

  @Test
  void failsATaskWithoutInput() throws InterruptedException {
    startModel("m", FAST, 1);
    scheduler.hello("s", 1);
    scheduler.inventory();
    scheduler.send(
        DispatchCommand.newBuilder()
            .setExecute(
                ExecuteTask.newBuilder()
                    .setTaskId("a")
                    .setAttempt(1)
                    .setModelName("m")
                    .setTaskInput(JsonValue.getDefaultInstance()))
            .build());

    TaskFailed failed = scheduler.next().getFailed();
    assertThat(failed.getKind()).isEqualTo(TaskFailed.Kind.KIND_INVALID_INPUT);
    assertThat(failed.getMessage()).isEqualTo("task_input: Field required");
  }

  @Test
  void sendsHeartbeatsInTimeAndAtOnceWhenReplicasChange() throws InterruptedException {
    scheduler.hello("s", 1);
    scheduler.inventory();
    scheduler.next(DispatchEvent::hasHeartbeat);
    long first = System.nanoTime();
    scheduler.next(DispatchEvent::hasHeartbeat);
    assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - first)).isLessThan(1_500);

    startModel("m", FAST, 2);
    DispatchEvent changed = scheduler.next(event -> event.getHeartbeat().getReplicasRunning() == 2);
    assertThat(changed.getHeartbeat().getModelType()).isEqualTo("m");
    assertThat(changed.getHeartbeat().getSlots()).isEqualTo(2);
    assertThat(changed.getHeartbeat().getSoftwareName()).isEqualTo("simulated");
    assertThat(changed.getHeartbeat().getHardware()).isNotEmpty();
  }

  @Test
  void batchesWhatHappensAndWaitsForASlowReader() throws InterruptedException {
    startModel("m", FAST, 2);
    int tasks = 10_000;
    try (DispatchClient slow = DispatchClient.openUnread(channel)) {
      slow.hello("s", 1);
      for (int batch = 0; batch < 10; batch++) {
        DispatchRequest.Builder request = DispatchRequest.newBuilder();
        for (int i = 0; i < tasks / 10; i++) {
          request.addCommands(DispatchClient.command("t" + (batch * tasks / 10 + i), 1, "m"));
        }
        slow.send(request.build());
      }
      slow.read(Integer.MAX_VALUE);

      Set<String> completed = new HashSet<>();
      while (completed.size() < tasks) {
        String id = slow.next(DispatchEvent::hasCompleted).getCompleted().getTaskId();
        assertThat(completed.add(id)).as(id).isTrue();
        slow.acknowledge(id, 1);
      }
      assertThat(slow.messages()).isLessThan(tasks);
    }
  }

  @Test
  void handsBackWhatWaitsWhenItDrains() throws Exception {
    startModel("m", ENDLESS, 1);
    scheduler.hello("s", 1);
    scheduler.execute("running", 1, "m");
    scheduler.execute("waiting", 1, "m");
    scheduler.next(DispatchEvent::hasStarted);
    CompletableFuture<Void> drained =
        CompletableFuture.runAsync(() -> instance.drain(Duration.ofSeconds(30)));

    DispatchEvent refused = scheduler.next(DispatchEvent::hasRefused);
    assertThat(refused.getRefused().getTaskId()).isEqualTo("waiting");
    assertThat(refused.getRefused().getReason()).isEqualTo(TaskRefused.Reason.REASON_DRAINING);
    scheduler.execute("late", 1, "m");
    assertThat(scheduler.next(DispatchEvent::hasRefused).getRefused().getTaskId())
        .isEqualTo("late");
    assertThat(drained).isNotDone();

    scheduler.abort("running", 1);
    assertThat(scheduler.next(DispatchEvent::hasFailed).getFailed().getTaskId())
        .isEqualTo("running");
    scheduler.acknowledge("running", 1);
    assertThat(scheduler.end()).isNull();
    drained.get(10, TimeUnit.SECONDS);
  }

  @Test
  void endsWhatStillRunsAfterTheGrace() throws Exception {
    startModel("m", ENDLESS, 1);
    scheduler.hello("s", 1);
    scheduler.execute("running", 1, "m");
    scheduler.next(DispatchEvent::hasStarted);

    instance.drain(Duration.ofMillis(100));

    TaskFailed lost = scheduler.next(DispatchEvent::hasFailed).getFailed();
    assertThat(lost.getKind()).isEqualTo(TaskFailed.Kind.KIND_REPLICA_LOST);
    assertThat(scheduler.end()).isNull();
  }

  @Test
  void endsInGoodOrderWhenTheSchedulerDoes() throws Exception {
    scheduler.hello("s", 1);
    scheduler.inventory();
    scheduler.halfClose();

    assertThat(scheduler.end()).isNull();
    try (DispatchClient next = greeting("other", 1)) {
      next.inventory();
    }
  }

  /// Waits until every command so far was obeyed: the answer to one more comes after them. Whatever
  /// comes before that answer, other than what `a` ends with, is a surprise.
  private static void awaitObedience(DispatchClient stream) throws InterruptedException {
    stream.abort("marker", 1);
    DispatchEvent answer = stream.next();
    while (answer.getFailed().getTaskId().equals("a")) {
      answer = stream.next();
    }
    assertThat(answer.getFailed().getTaskId()).isEqualTo("marker");
  }

  private DispatchClient greeting(String id, long epoch) {
    DispatchClient client = DispatchClient.open(channel);
    client.hello(id, epoch);
    return client;
  }

  private void startModel(String model, String config, int count) {
    TaskInstanceServiceBlockingStub stub = TaskInstanceServiceGrpc.newBlockingStub(channel);
    StartModelsResponse started =
        stub.startModels(
            StartModelsRequest.newBuilder()
                .setModelType(model)
                .setCount(count)
                .setConfig(JsonValues.of(config))
                .build());
    assertThat(started.getReplicasStarted()).isEqualTo(count);
  }

  private static ErrorReason reason(@Nullable Throwable failure) {
    return ErrorMapping.reason(requireNonNull(failure, "the stream ended in good order"))
        .orElseThrow();
  }
}
