package io.swarmpilot.scheduler.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Context;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.swarmpilot.proto.common.v1.OutputStatistics;
import io.swarmpilot.proto.scheduler.v1.FollowTaskRequest;
import io.swarmpilot.proto.scheduler.v1.FollowTaskResponse;
import io.swarmpilot.proto.scheduler.v1.SchedulerServiceGrpc;
import io.swarmpilot.proto.scheduler.v1.Task;
import io.swarmpilot.proto.taskinstance.v1.ExecuteTask;
import io.swarmpilot.proto.taskinstance.v1.FollowOutput;
import io.swarmpilot.proto.taskinstance.v1.TaskFailed;
import io.swarmpilot.scheduler.testing.Mesh;
import io.swarmpilot.scheduler.testing.ScriptedInstance;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Following what a task puts out.
@Timeout(60)
final class FollowTest {
  private final ScriptedInstance one = new ScriptedInstance("one", "m", 1);

  @Test
  void everyPieceComesBetweenTheStartAndTheEnd() throws Exception {
    try (Mesh mesh = Mesh.inProcess()) {
      mesh.add(one, 8100);
      ExecuteTask task = begun(mesh);
      Iterator<FollowTaskResponse> events = follow(mesh, task);
      assertThat(events.next().getEvent()).isEqualTo("task_state");
      assertThat(one.nextFollow()).isEqualTo(asked(task, true));

      one.frame(task, 0, "{\"role\":1.0}");
      assertOutput(events.next(), 1, 0, 0, "{\"role\":1.0}");
      one.show(task, 1, "\"a\"");
      assertOutput(events.next(), 1, 1, 0, "\"a\"");
      one.show(task, 2, "\"b\"");
      OutputStatistics output =
          OutputStatistics.newBuilder()
              .setPieces(2)
              .setTimeToFirstOutputMs(7)
              .setGapMeanMs(3)
              .setGapP50Ms(3)
              .setGapP99Ms(3)
              .setGapMaxMs(3)
              .setPromptTokens(11)
              .setCompletionTokens(2)
              .build();
      one.complete(task, output);

      assertOutput(events.next(), 1, 2, 0, "\"b\"");
      FollowTaskResponse last = events.next();
      assertThat(last.getEvent()).isEqualTo("task_completed");
      assertThat(last.getData().getResult().getJson()).isEqualTo("{\"by\":\"one\"}");
      assertThat(last.getData().getOutput()).isEqualTo(output);
      assertThat(events.hasNext()).as("ends by itself").isFalse();
      assertThat(mesh.query(task.getTaskId()).getOutput()).isEqualTo(output);
      assertThat(mesh.predictor().reports().poll(10, TimeUnit.SECONDS))
          .isNotNull()
          .satisfies(report -> assertThat(report.getOutput()).isEqualTo(output));
    }
  }

  @Test
  void aLaterReaderBeginsWithWhatIsKeptAndMayLeaveFramesOut() throws Exception {
    try (Mesh mesh = Mesh.inProcess()) {
      mesh.add(one, 8100);
      ExecuteTask task = begun(mesh);
      Iterator<FollowTaskResponse> first = follow(mesh, task);
      first.next();
      one.nextFollow();
      one.frame(task, 0, "0");
      one.show(task, 1, "1");
      first.next();
      first.next();

      Iterator<FollowTaskResponse> second =
          mesh.stub().followTask(request(task).toBuilder().setOutputOnly(true).build());
      assertThat(second.next().getEvent()).isEqualTo("task_state");
      assertOutput(second.next(), 1, 1, 0, "1");
      one.complete(task);
      assertThat(second.next().getEvent()).isEqualTo("task_completed");
    }
  }

  @Test
  void anInstanceIsAskedOnlyWhileSomebodyFollows() throws Exception {
    try (Mesh mesh = Mesh.inProcess()) {
      mesh.add(one, 8100);
      ExecuteTask task = begun(mesh);
      assertThat(one.follows()).isZero();
      Context.CancellableContext first = Context.current().withCancellation();
      Iterator<FollowTaskResponse> reading = first.call(() -> follow(mesh, task));
      reading.next();
      assertThat(one.nextFollow()).isEqualTo(asked(task, true));

      first.cancel(null);

      assertThat(one.nextFollow()).isEqualTo(asked(task, false));
      one.complete(task);
    }
  }

  @Test
  void theNextAttemptBeginsAgainAndWordOfTheFormerIsVoid() throws Exception {
    try (Mesh mesh = Mesh.inProcess()) {
      mesh.add(one, 8100);
      ExecuteTask lost = begun(mesh);
      Iterator<FollowTaskResponse> events = follow(mesh, lost);
      events.next();
      one.nextFollow();
      one.show(lost, 0, "\"void\"");
      assertOutput(events.next(), 1, 0, 0, "\"void\"");
      ScriptedInstance two = new ScriptedInstance("two", "m", 1);
      mesh.add(two, 8101);
      one.fail(lost, TaskFailed.Kind.KIND_REPLICA_LOST, "crashed: gone");
      ExecuteTask again = two.next();
      two.begin(again);
      assertThat(two.nextFollow()).isEqualTo(asked(again, true));

      one.show(lost, 1, "\"late\"");
      two.show(again, 0, "\"anew\"");
      FollowTaskResponse piece = nextOutput(events);
      assertOutput(piece, 2, 0, 0, "\"anew\"");
      two.complete(again);
      FollowTaskResponse last = events.next();
      assertThat(last.getEvent()).isEqualTo("task_completed");
      assertThat(last.getData().getAttempt()).isEqualTo(2);
      assertThat(last.getData().hasErrorClass()).isFalse();
    }
  }

  @Test
  void aBrokenStreamIsAskedAgainAndNothingComesTwice() throws Exception {
    try (Mesh mesh = Mesh.inProcess()) {
      mesh.add(one, 8100);
      ExecuteTask task = begun(mesh);
      Iterator<FollowTaskResponse> events = follow(mesh, task);
      events.next();
      one.nextFollow();
      one.show(task, 0, "0");
      assertOutput(events.next(), 1, 0, 0, "0");

      one.breakStream();

      assertThat(one.nextFollow()).isEqualTo(asked(task, true));
      one.show(task, 0, "0");
      one.show(task, 1, "1");
      assertOutput(nextOutput(events), 1, 1, 0, "1");
      one.complete(task);
    }
  }

  @Test
  void aReaderThatDoesNotReadMissesPiecesButNotTheResult() throws Exception {
    try (Mesh mesh = Mesh.overNetwork()) {
      mesh.add(one, 0);
      ExecuteTask task = begun(mesh);
      Sleeper sleeper = new Sleeper();
      SchedulerServiceGrpc.newStub(mesh.channel()).followTask(request(task), sleeper);
      one.nextFollow();
      String piece = "\"" + "x".repeat(1_000) + "\"";
      for (int i = 0; i < 20_000; i++) {
        one.show(task, i, piece);
      }
      one.complete(task);
      mesh.await(task.getTaskId());

      List<FollowTaskResponse> events = sleeper.readAll();

      assertThat(events.getFirst().getEvent()).isEqualTo("task_state");
      assertThat(events.getLast().getEvent()).isEqualTo("task_completed");
      List<FollowTaskResponse> pieces =
          events.stream().filter(FollowTaskResponse::hasOutput).toList();
      int dropped = pieces.stream().mapToInt(event -> event.getOutput().getDropped()).sum();
      assertThat(dropped).isPositive();
      assertThat(pieces.size() + dropped).isEqualTo(20_000);
      assertThat(pieces.getLast().getOutput().getSequence()).isEqualTo(19_999);
    }
  }

  @Test
  void aTaskThatEndedIsToldAtOnceAndAnUnknownOneRefused() throws Exception {
    try (Mesh mesh = Mesh.inProcess()) {
      mesh.add(one.answeringAtOnce(), 8100);
      String id = mesh.submit("m").getTaskId();
      mesh.await(id);
      Iterator<FollowTaskResponse> events =
          mesh.stub().followTask(FollowTaskRequest.newBuilder().setTaskId(id).build());
      assertThat(events.next().getEvent()).isEqualTo("task_completed");
      assertThat(events.hasNext()).isFalse();
      assertThatThrownBy(() ->
              mesh.stub()
                  .followTask(FollowTaskRequest.newBuilder().setTaskId("nope").build())
                  .next())
          .hasMessageContaining("NOT_FOUND");
    }
  }

  @Test
  void aFailureTellsItsClassAndTheEnginesWords() throws Exception {
    try (Mesh mesh = Mesh.inProcess(config -> config.withMaxAttempts(1))) {
      mesh.add(one, 8100);
      assertFailure(
          fail(
              mesh, TaskFailed.Kind.KIND_EXECUTION, TaskFailed.Fault.FAULT_TIMEOUT, "timeout: 5 s"),
          "timeout",
          "timeout: 5 s");
      assertFailure(
          fail(
              mesh,
              TaskFailed.Kind.KIND_INVALID_INPUT,
              TaskFailed.Fault.FAULT_REFUSED,
              "refused: no"),
          "refused",
          "refused: no");
      assertFailure(
          fail(
              mesh,
              TaskFailed.Kind.KIND_REPLICA_LOST,
              TaskFailed.Fault.FAULT_UNREACHABLE,
              "unreachable: x"),
          "unreachable",
          "gave up after attempt 1: unreachable: x");
      assertFailure(
          fail(mesh, TaskFailed.Kind.KIND_EXECUTION, TaskFailed.Fault.FAULT_UNSPECIFIED, "broke"),
          "failed",
          "broke");
    }
  }

  private Task fail(Mesh mesh, TaskFailed.Kind kind, TaskFailed.Fault fault, String message)
      throws InterruptedException {
    ExecuteTask task = begun(mesh);
    one.fail(task, kind, fault, message);
    return mesh.await(task.getTaskId());
  }

  private static void assertFailure(Task task, String errorClass, String error) {
    assertThat(task.getErrorClass()).isEqualTo(errorClass);
    assertThat(task.getError()).isEqualTo(error);
  }

  private ExecuteTask begun(Mesh mesh) throws InterruptedException {
    String _ = mesh.submit("m").getTaskId();
    ExecuteTask task = one.next();
    one.begin(task);
    Mesh.eventually("started", () -> mesh.query(task.getTaskId()).hasWaitTimeMs());
    return task;
  }

  private static Iterator<FollowTaskResponse> follow(Mesh mesh, ExecuteTask task) {
    return mesh.stub().followTask(request(task));
  }

  private static FollowTaskRequest request(ExecuteTask task) {
    return FollowTaskRequest.newBuilder().setTaskId(task.getTaskId()).build();
  }

  private static FollowOutput asked(ExecuteTask task, boolean follow) {
    return FollowOutput.newBuilder().setTaskId(task.getTaskId()).setFollow(follow).build();
  }

  /// The next event that is a piece of output.
  private static FollowTaskResponse nextOutput(Iterator<FollowTaskResponse> events) {
    FollowTaskResponse event = events.next();
    while (!event.hasOutput()) {
      event = events.next();
    }
    return event;
  }

  private static void assertOutput(
      FollowTaskResponse event, int attempt, int sequence, int dropped, String json) {
    assertThat(event.getEvent()).isEqualTo("task_output");
    assertThat(event.hasData()).isFalse();
    assertThat(event.getOutput().getAttempt()).isEqualTo(attempt);
    assertThat(event.getOutput().getSequence()).isEqualTo(sequence);
    assertThat(event.getOutput().getDropped()).isEqualTo(dropped);
    assertThat(event.getOutput().getPiece().getJson()).isEqualTo(json);
  }

  /// Reads nothing until told to.
  private static final class Sleeper
      implements ClientResponseObserver<FollowTaskRequest, FollowTaskResponse> {
    private final List<FollowTaskResponse> events = new ArrayList<>();
    private final CompletableFuture<Void> all = new CompletableFuture<>();
    private @Nullable ClientCallStreamObserver<FollowTaskRequest> call;

    @Override
    public void beforeStart(ClientCallStreamObserver<FollowTaskRequest> stream) {
      call = stream;
      stream.disableAutoRequestWithInitial(0);
    }

    List<FollowTaskResponse> readAll() throws Exception {
      Objects.requireNonNull(call).request(100_000);
      all.get(20, TimeUnit.SECONDS);
      return events;
    }

    @Override
    public void onNext(FollowTaskResponse event) {
      events.add(event);
    }

    @Override
    public void onError(Throwable failure) {
      all.completeExceptionally(failure);
    }

    @Override
    public void onCompleted() {
      all.complete(null);
    }
  }
}
