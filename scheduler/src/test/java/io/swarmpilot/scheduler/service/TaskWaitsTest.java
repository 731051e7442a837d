package io.swarmpilot.scheduler.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.StatusRuntimeException;
import io.swarmpilot.proto.scheduler.v1.SchedulerServiceGrpc;
import io.swarmpilot.proto.scheduler.v1.Task;
import io.swarmpilot.proto.scheduler.v1.WaitTaskRequest;
import io.swarmpilot.proto.scheduler.v1.WaitTaskResponse;
import io.swarmpilot.proto.taskinstance.v1.ExecuteTask;
import io.swarmpilot.runtime.error.ErrorMapping;
import io.swarmpilot.runtime.error.ErrorReason;
import io.swarmpilot.runtime.error.MeshException;
import io.swarmpilot.scheduler.core.Effect.TaskChange;
import io.swarmpilot.scheduler.core.PredictMode;
import io.swarmpilot.scheduler.core.TaskStatus;
import io.swarmpilot.scheduler.testing.Mesh;
import io.swarmpilot.scheduler.testing.RecordingCaller;
import io.swarmpilot.scheduler.testing.ScriptedInstance;
import io.swarmpilot.scheduler.view.SchedulerView;
import io.swarmpilot.scheduler.view.Settings;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Waiting for the end of a task.
final class TaskWaitsTest {
  private final SchedulerView view = new SchedulerView(new Settings("fifo", PredictMode.DEFAULT));
  private final TaskWaits waits = new TaskWaits(view, Runnable::run);

  @Test
  void theAnswerComesWithTheEnd() throws Exception {
    try (Mesh mesh = Mesh.inProcess()) {
      ScriptedInstance instance = new ScriptedInstance("one", "m", 1);
      mesh.add(instance, 8100);
      String id = mesh.submit("m").getTaskId();
      Future<WaitTaskResponse> answer =
          SchedulerServiceGrpc.newFutureStub(mesh.channel()).waitTask(request(id, 60_000));
      ExecuteTask task = instance.next();
      instance.begin(task);
      Mesh.eventually("started", () -> mesh.query(id).hasWaitTimeMs());
      assertThat(answer.isDone()).isFalse();
      instance.complete(task);
      Task done = answer.get(10, TimeUnit.SECONDS).getTask();
      assertThat(done).isEqualTo(mesh.query(id));
      assertThat(done.getTaskStatus()).isEqualTo("completed");
      assertThat(mesh.stub().waitTask(request(id, 60_000)).getTask()).as("at once").isEqualTo(done);
    }
  }

  @Test
  void whenTheTimeIsUpTheAnswerIsTheStateOfTheMoment() throws Exception {
    try (Mesh mesh = Mesh.inProcess()) {
      mesh.add(new ScriptedInstance("one", "m", 1), 8100);
      String id = mesh.submit("m").getTaskId();
      long start = System.nanoTime();
      Task task = mesh.stub().waitTask(request(id, 150)).getTask();
      assertThat(task.getTaskStatus()).isEqualTo("scheduled");
      assertThat(task.hasSuccess()).isFalse();
      assertThat(System.nanoTime() - start).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(149));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 60_001})
  void timesOutOfRangeAreRefused(int timeoutMs) throws Exception {
    try (Mesh mesh = Mesh.inProcess()) {
      refused(mesh, request("nope", timeoutMs), ErrorReason.INVALID_FIELD);
      refused(mesh, request("nope", 1), ErrorReason.TASK_NOT_FOUND);
      refused(mesh, WaitTaskRequest.getDefaultInstance(), ErrorReason.INVALID_FIELD);
    }
  }

  @Test
  void anEndWhileTheWaitBeginsIsNotMissed() {
    RecordingCaller<WaitTaskResponse> caller =
        new RecordingCaller<>() {
          @Override
          public void setOnCancelHandler(Runnable handler) {
            end("a"); // The task was found running, and is not watched yet.
          }
        };
    view.tasks().show(TaskStreamTest.task("a", TaskStatus.SCHEDULED));
    waits.open(request("a", 60_000), caller);
    assertThat(caller.heard()).singleElement().satisfies(TaskWaitsTest::isCompleted);
  }

  @Test
  void theEndIsToldOnce() {
    RecordingCaller<WaitTaskResponse> caller = new RecordingCaller<>();
    view.tasks().show(TaskStreamTest.task("a", TaskStatus.SCHEDULED));
    waits.open(request("a", 60_000), caller);
    assertThat(caller.heard()).isEmpty();
    end("a");
    end("a");
    assertThat(caller.heard()).singleElement().satisfies(TaskWaitsTest::isCompleted);
    assertThat(caller.isOver()).isTrue();
    assertThat(waits.waiting()).isZero();
  }

  @Test
  void whoLeavesIsForgotten() {
    RecordingCaller<WaitTaskResponse> caller = new RecordingCaller<>();
    view.tasks().show(TaskStreamTest.task("a", TaskStatus.SCHEDULED));
    waits.open(request("a", 60_000), caller);
    assertThat(waits.waiting()).isEqualTo(1);
    caller.leave();
    assertThat(waits.waiting()).isZero();
    end("a");
    assertThat(caller.heard()).isEmpty();
  }

  @Test
  void onlySoManyMayWait() {
    view.tasks().show(TaskStreamTest.task("a", TaskStatus.SCHEDULED));
    RecordingCaller<WaitTaskResponse> caller = new RecordingCaller<>();
    for (int i = 0; i < TaskWaits.MOST_WAITING; i++) {
      waits.open(request("a", 60_000), new RecordingCaller<>());
    }
    assertThatThrownBy(() -> waits.open(request("a", 60_000), caller))
        .isInstanceOfSatisfying(
            MeshException.class, e -> assertThat(e.reason()).isEqualTo(ErrorReason.QUEUE_FULL));
    end("a");
    assertThat(waits.waiting()).isZero();
    view.tasks().show(TaskStreamTest.task("b", TaskStatus.SCHEDULED));
    waits.open(request("b", 60_000), caller);
    assertThat(waits.waiting()).isEqualTo(1);
    caller.leave();
  }

  private void end(String id) {
    view.tasks().show(TaskStreamTest.task(id, TaskStatus.COMPLETED));
    view.watchers().publish(TaskChange.COMPLETED, TaskStreamTest.task(id, TaskStatus.COMPLETED));
  }

  private static void isCompleted(WaitTaskResponse answer) {
    assertThat(answer.getTask().getTaskStatus()).isEqualTo("completed");
  }

  private static WaitTaskRequest request(String id, int timeoutMs) {
    return WaitTaskRequest.newBuilder().setTaskId(id).setTimeoutMs(timeoutMs).build();
  }

  private static void refused(Mesh mesh, WaitTaskRequest request, ErrorReason reason) {
    assertThatThrownBy(() -> mesh.stub().waitTask(request))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class, e -> assertThat(ErrorMapping.reason(e)).contains(reason));
  }
}
