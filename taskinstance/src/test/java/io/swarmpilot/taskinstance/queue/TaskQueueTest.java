package io.swarmpilot.taskinstance.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import io.swarmpilot.runtime.error.ErrorReason;
import io.swarmpilot.runtime.error.MeshException;
import io.swarmpilot.taskinstance.backend.RunFailure;
import io.swarmpilot.taskinstance.forecast.Estimate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TaskQueueTest {
  private QueueFixture fixture = QueueFixture.roomy();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void runsTasksInTheOrderTheyCame() throws InterruptedException {
    fixture.start("m", 1);
    fixture.scheduler.open();
    List<String> order = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      fixture.execute("t" + i, 1);
    }

    for (int i = 0; i < 20; i++) {
      GatedBackend.Run run = fixture.backend.next();
      assertThat(fixture.backend.isQuiet()).isTrue();
      order.add(run.taskId());
      run.succeed("{}");
      assertThat(fixture.scheduler.ended().taskId()).isEqualTo(run.taskId());
    }

    assertThat(order).hasSize(20).isEqualTo(ids(20));
  }

  @Test
  void runsAsManyTasksAtOnceAsThereAreSlots() throws InterruptedException {
    fixture = new QueueFixture(QueueFixture.ROOMY, 2);
    fixture.start("m", 3);
    for (int i = 0; i < 8; i++) {
      assertThat(fixture.enqueue("t" + i).queueSize()).isEqualTo(i + 1);
    }

    List<String> begun = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      begun.add(fixture.backend.next().taskId());
    }

    assertThat(begun).containsExactlyInAnyOrderElementsOf(ids(6));
    QueueView view = fixture.queue.view();
    assertThat(view.running()).isEqualTo(6);
    assertThat(view.pending()).isEqualTo(2);
    assertThat(view.slots()).isEqualTo(6);
    assertThat(view.replicas()).extracting(replica -> replica.taskIds().size()).containsOnly(2);
  }

  @Test
  void refusesWhatItCannotTake() throws InterruptedException {
    fixture = new QueueFixture(new QueueBounds(2, 1_000, 5, Duration.ofHours(1), 10_000), 1);
    assertThat(reason(() -> fixture.enqueue("a"))).isEqualTo(ErrorReason.NO_MODEL_RUNNING);

    fixture.start("m", 1);
    assertThat(reason(() -> fixture.enqueue("a", "other"))).isEqualTo(ErrorReason.MODEL_MISMATCH);
    fixture.enqueue("a", "m");
    assertThat(reason(() -> fixture.enqueue("a"))).isEqualTo(ErrorReason.TASK_EXISTS);
    fixture.enqueue("b");
    fixture.enqueue("c");
    MeshException full = catchThrowableOfType(MeshException.class, () -> fixture.enqueue("d"));
    assertThat(full.reason()).isEqualTo(ErrorReason.QUEUE_FULL);
    assertThat(full.retryAfter()).isPresent();

    fixture.scheduler.open();
    fixture.backend.next().succeed("{}");
    fixture.backend.next();
    assertThat(reason(() -> fixture.enqueue("a"))).isEqualTo(ErrorReason.TASK_EXISTS);
  }

  @Test
  void boundsTheBytesThatWait() throws InterruptedException {
    fixture = new QueueFixture(new QueueBounds(100, 1_000, 5, Duration.ofHours(1), 10_000), 1);
    fixture.start("m", 1);
    String input = "{\"x\":\"" + "y".repeat(600) + "\"}";
    fixture.queue.enqueue(NewTask.local("running", null, input));
    fixture.queue.enqueue(NewTask.local("waiting", null, input));

    assertThat(reason(() -> fixture.queue.enqueue(NewTask.local("more", null, input))))
        .isEqualTo(ErrorReason.QUEUE_FULL);

    fixture.backend.next().succeed("{}");
    assertThat(fixture.backend.next().taskId()).isEqualTo("waiting");
    fixture.queue.enqueue(NewTask.local("more", null, input));
    assertThat(fixture.queue.view().pending()).isEqualTo(1);
  }

  @Test
  void tellsTimesThatAddUp() throws InterruptedException {
    fixture.start("m", 1);
    fixture.scheduler.open();
    fixture.execute("first", 1);
    GatedBackend.Run first = fixture.backend.next();
    fixture.clock.advance(Duration.ofMillis(100));
    fixture.execute("second", 1);
    fixture.clock.advance(Duration.ofMillis(500));
    first.succeed("{}");
    GatedBackend.Run second = fixture.backend.next();
    fixture.clock.advance(Duration.ofMillis(945));
    second.succeed("{\"a\":1}");
    fixture.scheduler.ended();

    FinishedTask task = fixture.scheduler.ended();
    assertThat(task.waitMs()).isCloseTo(500, within(1e-6));
    assertThat(task.executionMs()).isCloseTo(945, within(1e-6));
    assertThat(task.totalMs()).isCloseTo(1_445, within(1e-6));
    assertThat(task.enqueueTime()).isCloseTo(VirtualClock.EPOCH + 0.1, within(1e-5));
    assertThat(task.completionTime() - task.enqueueTime()).isCloseTo(1.445, within(1e-5));
    assertThat(task.replicaId()).isEqualTo("replica-1");
    assertThat(fixture.queue.lookup("second")).isEqualTo(new Lookup.Finished(task));
  }

  @Test
  void tellsWhatBecameOfATask() throws InterruptedException {
    fixture.start("m", 1);
    fixture.scheduler.open();
    fixture.execute("a", 1);
    fixture.execute("b", 1);
    GatedBackend.Run a = fixture.backend.next();

    assertThat(fixture.queue.lookup("a")).isEqualTo(new Lookup.Unfinished(true));
    assertThat(fixture.queue.lookup("b")).isEqualTo(new Lookup.Unfinished(false));
    assertThat(fixture.queue.lookup("c")).isEqualTo(new Lookup.Unknown());

    a.fail(new RunFailure(RunFailure.Kind.EXECUTION, "broke"));
    assertThat(fixture.scheduler.ended().outcome())
        .isEqualTo(new Outcome.Failed(RunFailure.Kind.EXECUTION, "broke"));
  }

  @Test
  void wrapsAResultThatIsNoObject() throws InterruptedException {
    fixture.start("m", 1);
    fixture.scheduler.open();
    for (String result : List.of("[1]", "\"text\"", "null", " {\"a\":1}")) {
      fixture.execute(result.strip().replaceAll("[^a-z1]", "x"), 1);
      fixture.backend.next().succeed(result);
    }

    assertThat(fixture.scheduler.ended().outcome())
        .isEqualTo(new Outcome.Succeeded("{\"output\":[1]}"));
    assertThat(fixture.scheduler.ended().outcome())
        .isEqualTo(new Outcome.Succeeded("{\"output\":\"text\"}"));
    assertThat(fixture.scheduler.ended().outcome())
        .isEqualTo(new Outcome.Succeeded("{\"output\":null}"));
    assertThat(fixture.scheduler.ended().outcome()).isEqualTo(new Outcome.Succeeded(" {\"a\":1}"));
  }

  @Test
  void keepsResultsWithinCountAgeAndBytes() throws InterruptedException {
    fixture = new QueueFixture(new QueueBounds(100, 1_000, 3, Duration.ofMinutes(1), 4_000), 1);
    fixture.start("m", 1);
    fixture.scheduler.open();
    for (int i = 0; i < 5; i++) {
      finish("t" + i, "{}");
      fixture.clock.advance(Duration.ofSeconds(10));
    }
    assertThat(kept()).containsExactly("t2", "t3", "t4");

    fixture.clock.advance(Duration.ofSeconds(35));
    assertThat(kept()).containsExactly("t3", "t4");

    finish("large", "{\"x\":\"" + "y".repeat(2_500) + "\"}");
    assertThat(kept()).containsExactly("t4", "large");

    fixture.clock.advance(Duration.ofMinutes(2));
    assertThat(kept()).isEmpty();
    assertThat(fixture.queue.lookup("large")).isEqualTo(new Lookup.Unknown());
  }

  @Test
  void forecastsWhenATaskWouldStart() throws InterruptedException {
    fixture.scheduler.open();
    assertThat(fixture.queue.forecast().meanMs()).isZero();
    fixture.start("m", 2);
    expect("a", 100, 0);
    assertThat(fixture.queue.forecast().meanMs()).isZero();
    expect("b", 60, 0);
    assertThat(fixture.queue.forecast().meanMs()).isEqualTo(60);
    expect("c", 1_000, 30);
    assertThat(fixture.queue.forecast().meanMs()).isEqualTo(100);
    expect("d", 50, 40);
    assertThat(fixture.queue.forecast().meanMs()).isEqualTo(150);
    assertThat(fixture.queue.forecast().sdMs()).isEqualTo(40);

    fixture.clock.advance(Duration.ofMillis(50));
    assertThat(fixture.queue.forecast().meanMs()).isCloseTo(100, within(10.0));

    for (int i = 0; i < 4; i++) {
      fixture.backend.next().succeed("{}");
      fixture.scheduler.ended();
    }
    assertThat(fixture.queue.forecast().meanMs()).isZero();
    assertThat(fixture.queue.forecast().sdMs()).isZero();
  }

  @Test
  void forecastsFromWhatItSawWhenNobodySaysMore() throws InterruptedException {
    fixture.start("m", 1);
    fixture.scheduler.open();
    for (int i = 0; i < 10; i++) {
      fixture.execute("t" + i, 1);
      GatedBackend.Run run = fixture.backend.next();
      fixture.clock.advance(Duration.ofMillis(20));
      run.succeed("{}");
      fixture.scheduler.ended();
    }
    fixture.enqueue("a");
    fixture.enqueue("b");

    assertThat(fixture.queue.forecast().meanMs()).isCloseTo(40, within(1e-6));
  }

  private void expect(String id, double meanMs, double sdMs) {
    fixture
        .queue
        .dispatchPort()
        .execute(fixture.scheduler, new NewTask(id, 1, "m", "{}", new Estimate(meanMs, sdMs)));
  }

  private void finish(String id, String result) throws InterruptedException {
    fixture.execute(id, 1);
    fixture.backend.next().succeed(result);
    fixture
        .queue
        .dispatchPort()
        .acknowledge(fixture.scheduler, fixture.scheduler.ended().taskId(), 1);
  }

  private List<String> kept() {
    return fixture.queue.results(100, 1 << 20).stream().map(FinishedTask::taskId).toList();
  }

  private static List<String> ids(int count) {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ids.add("t" + i);
    }
    return ids;
  }

  private static ErrorReason reason(ThrowingCallable call) {
    return catchThrowableOfType(MeshException.class, call).reason();
  }
}
