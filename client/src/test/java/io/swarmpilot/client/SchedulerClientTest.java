package io.swarmpilot.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class SchedulerClientTest {
  private final ScriptedScheduler scheduler = new ScriptedScheduler();
  private TestServer server;
  private MeshClient mesh;
  private SchedulerClient client;

  @BeforeEach
  void start() throws IOException {
    server = TestServer.of(scheduler);
    mesh = new MeshClient(server.url());
    client = mesh.scheduler();
  }

  @AfterEach
  void stop() {
    mesh.close();
    server.close();
  }

  @Test
  void switchesStrategyAndMode() {
    assertThat(client.setStrategy("weighted").success()).isTrue();
    assertThat(client.setStrategy("nonsense")).isEqualTo(new Outcome("error", "unknown: nonsense"));
    assertThat(client.setPredictMode("lookup_table").success()).isTrue();
    assertThat(client.getStrategy())
        .isEqualTo(new Strategy("weighted", "lookup_table", List.of("weighted", "round_robin")));
  }

  @Test
  void registersAndRemoves() {
    assertThat(mesh.registerInstance("localhost", 8100))
        .isEqualTo(new Registration("success", "localhost:8100 null", "uuid-1"));
    assertThat(mesh.registerInstance("localhost", 8100, "llama").message())
        .isEqualTo("localhost:8100 llama");
    assertThat(client.removeInstance("uuid-1").message()).isEqualTo("uuid-1");
    assertThat(client.removeInstance("localhost", 8100).message()).isEqualTo("localhost:8100");
    assertThat(client.listInstances()).extracting(Instance::tiUuid).containsExactly("uuid-1");
  }

  @Test
  void submitsAndReadsATask() {
    Submission submission = mesh.submitTask("llama", "{\"n\": 1.0}", "{\"user\": 1}");

    assertThat(submission).isEqualTo(new Submission("task-1", "uuid-1", "OK"));
    assertThat(mesh.queryTask("task-1").orElseThrow().result())
        .contains("{\"model\":\"llama\",\"input\":{\"n\": 1.0},\"metadata\":{\"user\": 1}}");
    assertThat(mesh.queryTask("nowhere")).isEmpty();
  }

  @Test
  void refusesASubmitWithEveryDetail() {
    MeshClientException refused =
        catchThrowableOfType(MeshClientException.class, () -> mesh.submitTask("refused", "[]"));

    assertThat(refused.httpStatus()).isEqualTo(422);
    assertThat(refused.violations()).extracting(FieldError::field).containsExactly("task_input");
  }

  @Test
  void submitsABatchOfOneModel() {
    BatchSubmission batch =
        client.submitTasks(
            "llama", List.of(NewTask.of("llama", "{}").withTaskId("a"), NewTask.of("llama", "[]")));

    assertThat(batch.status()).isEqualTo("partial");
    assertThat(batch.results())
        .containsExactly(
            new BatchSubmission.Entry(Optional.of("a"), Optional.of("uuid-1"), Optional.empty()),
            new BatchSubmission.Entry(Optional.empty(), Optional.empty(), Optional.of("no")));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> client.submitTasks("llama", List.of(NewTask.of("gpt", "{}"))));
  }

  @Test
  void waitsForCompletionByTheStream() {
    scheduler.watch(ScriptedScheduler.Watch.COMPLETES);

    assertThat(mesh.waitForCompletion("task-1").success()).contains(true);
    assertThat(scheduler.queries()).isZero();
  }

  @Test
  void waitsForCompletionByAskingWhenThereIsNoStream() {
    scheduler.watch(ScriptedScheduler.Watch.UNSUPPORTED);

    assertThat(mesh.waitForCompletion("task-1", Duration.ofSeconds(10)).completed()).isTrue();
    assertThat(scheduler.queries()).isPositive();
  }

  @Test
  void stopsWaitingWhenTheTimeIsUp() {
    scheduler.watch(ScriptedScheduler.Watch.SILENT);

    MeshClientException late =
        catchThrowableOfType(
            MeshClientException.class,
            () -> mesh.waitForCompletion("task-1", Duration.ofMillis(100)));

    assertThat(late.code()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
    assertThat(late.message()).isEqualTo("task task-1 has not ended within 100 ms");
    assertThat(scheduler.cancelledWatches().orTimeout(10, TimeUnit.SECONDS).join()).isEqualTo(1);
  }

  @Test
  void doesNotWaitForAnUnknownTask() {
    scheduler.watch(ScriptedScheduler.Watch.UNKNOWN);

    assertThat(
            catchThrowableOfType(MeshClientException.class, () -> mesh.waitForCompletion("nowhere"))
                .code())
        .isEqualTo(Status.Code.NOT_FOUND);
  }

  @Test
  void waitsForATaskAtTheScheduler() {
    assertThat(client.waitTask("task-1", Duration.ofMillis(1_500)).orElseThrow().error())
        .as("the time it was asked to wait")
        .contains("1500");
    assertThat(client.waitTask("nowhere", Duration.ofSeconds(1))).isEmpty();
  }

  @Test
  void waitingMayTakeLongerThanOtherCalls() {
    try (SchedulerClient hasty = new SchedulerClient(server.url(), Duration.ofMillis(500))) {
      hasty.healthCheck();
      assertThat(hasty.waitTask("late", Duration.ofSeconds(10))).isPresent();
    }
  }

  @Test
  void explainsATask() {
    Explanation why = client.explain("task-1").orElseThrow();
    assertThat(why.message()).isEqualTo("OK");
    assertThat(why.deadline()).isEmpty();
    assertThat(why.queue().orElseThrow().waitingTime()).isEmpty();
    TaskDecision decision = why.decisions().getFirst();
    assertThat(decision.strategy()).isEqualTo("edf");
    assertThat(decision.notes()).containsEntry("k", "v");
    assertThat(decision.predicted()).isEqualTo(new ExpectedTime(5, 1));
    DecisionCandidate candidate = decision.candidates().getFirst();
    assertThat(candidate.chosen()).isTrue();
    assertThat(candidate.score()).contains(0.0);
    assertThat(candidate.missProbability()).isEmpty();
    assertThat(client.explain("nowhere")).isEmpty();
  }

  @Test
  void asksWhereRequestsWouldGo() {
    DryRun answer =
        client.dryRun(
            "priority",
            List.of(
                RequestMetadata.of("r")
                    .withModelName("m")
                    .withPriority("high")
                    .withSloDeadlineMs(500)
                    .withArrivalTime(7)
                    .withMaxTokens(9)
                    .withCostBudget(2)
                    .withExpected(new ExpectedTime(5, 1))),
            List.of(
                ExecutionInstance.of("i")
                    .withModelName("m")
                    .withCurrentLoad(0.5)
                    .withActiveRequests(2)
                    .withMaxConcurrentRequests(4)
                    .withAvgLatencyMs(30)
                    .withThroughput(100)
                    .withGpuCount(2)
                    .withAvailable(true)));
    assertThat(answer.strategy()).isEqualTo("priority");
    assertThat(answer.prioritized()).containsExactly("r m high 500.0 7.0 9 2.0 5.0 1.0");
    assertThat(answer.unplaced()).containsExactly("i m 0.5 2 4 30.0 100.0 2 true");
    assertThat(answer.decisions().getFirst().metadata()).containsEntry("k", "v");
    assertThat(client.dryRun(List.of(RequestMetadata.of("r"))).strategy()).isEmpty();
  }

  @Test
  void watchesTasksUntilClosed() {
    scheduler.watch(ScriptedScheduler.Watch.COMPLETES);
    List<String> events = new CopyOnWriteArrayList<>();

    try (TaskWatch watch = client.watchTasks(List.of("task-1"), e -> events.add(e.event()))) {
      watch.end().orTimeout(10, TimeUnit.SECONDS).join();
    }

    assertThat(events).containsExactly("task_state", "task_completed");
  }

  @Test
  void followsWhatATaskPutsOut() {
    List<FollowEvent> events = new CopyOnWriteArrayList<>();

    try (TaskWatch watch = client.followTask("task-1", events::add)) {
      watch.end().orTimeout(10, TimeUnit.SECONDS).join();
    }

    assertThat(events.getFirst()).isEqualTo(new FollowEvent.Output(1, 4, 2, "1.0"));
    assertThat(events.getLast())
        .isInstanceOfSatisfying(
            FollowEvent.Changed.class,
            change -> {
              assertThat(change.event()).isEqualTo("task_completed");
              assertThat(change.task().completed()).isTrue();
            });
  }

  @Test
  void asksTheRest() {
    assertThat(mesh.getQueueInfo("llama"))
        .extracting(QueueInfo::waitingTime)
        .containsExactly(new ExpectedTime(12.5, 3));
    assertThat(mesh.getQueueInfo()).hasSize(1);
    assertThat(client.listTasks(TaskFilter.all().withStatus("completed").withPageSize(5)))
        .satisfies(page -> {
          assertThat(page.totalTasks()).isEqualTo(5);
          assertThat(page.nextPageToken()).contains("completed");
        });
    assertThat(
            client
                .listTasks(
                    TaskFilter.all()
                        .withUserId("ann")
                        .withScheduledTi("uuid-1")
                        .withPriority("high")
                        .withSuccess(true)
                        .withSubmittedAfter(1)
                        .withSubmittedBefore(2)
                        .withStrategy("edf")
                        .withModelName("m")
                        .withPageToken("7"))
                .nextPageToken())
        .contains("ann uuid-1 high true 1.0 2.0 edf m 7");
    assertThat(client.clearTasks()).isEqualTo(7);
    assertThat(client.cancelTask("task-1").message()).isEqualTo("cancelled");
    assertThat(client.notifyTaskComplete(FinishedTask.succeeded("t", "i", 5, "{}")).message())
        .isEqualTo("t i 5.0 {}");
    assertThat(client.submitResult(FinishedTask.failed("t", "i", 5, "broke")).message())
        .isEqualTo("t i 5.0 {} broke");
    assertThat(mesh.healthCheck().healthy()).isTrue();
  }

  @Test
  void leavesABorrowedChannelOpen() throws IOException {
    Server local = InProcessServerBuilder.forName("borrowed").addService(scheduler).build().start();
    ManagedChannel channel = InProcessChannelBuilder.forName("borrowed").build();
    try {
      new MeshClient(channel, Duration.ofSeconds(5)).close();
      assertThat(new MeshClient(channel, Duration.ofSeconds(5)).healthCheck().healthy()).isTrue();
    } finally {
      channel.shutdownNow();
      local.shutdownNow();
    }
  }
}
