package io.swarmpilot.taskinstance.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.swarmpilot.runtime.error.ErrorReason;
import io.swarmpilot.runtime.error.MeshException;
import io.swarmpilot.taskinstance.backend.ReplicaState;
import io.swarmpilot.taskinstance.backend.RunFailure;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ReplicasTest {
  private QueueFixture fixture = QueueFixture.roomy();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void addsReplicasOfTheRunningModelOnly() {
    assertThat(fixture.start("m", 2)).isEqualTo(2);
    assertThat(fixture.start("m", 1)).isEqualTo(3);

    assertThat(refusal(fixture.reservation("other", 1, 0))).isEqualTo(ErrorReason.MODEL_MISMATCH);
    assertThat(fixture.queue.view().model()).isEqualTo("m");
  }

  @Test
  void letsARunningTaskEndAndKeepsTheRestQueued() throws InterruptedException {
    fixture.start("m", 1);
    fixture.scheduler.open();
    fixture.execute("a", 1);
    fixture.execute("b", 1);
    GatedBackend.Run a = fixture.backend.next();

    assertThat(fixture.queue.replicas().stop(Integer.MAX_VALUE).ids()).containsExactly("replica-1");
    assertThat(fixture.queue.view().replicasRunning()).isZero();
    assertThat(fixture.queue.view().model()).isNull();
    assertThat(refusal(fixture.reservation("other", 1, 0))).isEqualTo(ErrorReason.MODEL_MISMATCH);
    a.succeed("{}");
    assertThat(fixture.scheduler.ended().taskId()).isEqualTo("a");
    fixture.backend.awaitClosed();
    assertThat(fixture.backend.isQuiet()).isTrue();
    assertThat(fixture.queue.lookup("b")).isEqualTo(new Lookup.Unfinished(false));

    fixture.start("m", 1);
    GatedBackend.Run b = fixture.backend.next();
    b.succeed("{}");
    FinishedTask ended = fixture.scheduler.ended();
    assertThat(ended.taskId()).isEqualTo("b");
    assertThat(ended.replicaId()).isEqualTo("replica-2");
  }

  @Test
  void stopsIdleReplicasFirst() throws InterruptedException {
    fixture.start("m", 3);
    fixture.enqueue("a");
    fixture.backend.next();

    StoppedReplicas stopped = fixture.queue.replicas().stop(2);

    assertThat(stopped.ids()).containsExactly("replica-2", "replica-3");
    assertThat(stopped.remaining()).isEqualTo(1);
    fixture.backend.awaitClosed();
    fixture.backend.awaitClosed();
    assertThat(fixture.backend.openReplicas()).isEqualTo(1);
  }

  @Test
  void stopsNothingWhenNothingRuns() {
    StoppedReplicas stopped = fixture.queue.replicas().stop(3);

    assertThat(stopped.ids()).isEmpty();
    assertThat(stopped.remaining()).isZero();
  }

  @Test
  void neverRunsATaskOnAModelItWasNotMeantFor() throws InterruptedException {
    fixture.start("m", 1);
    fixture.scheduler.open();
    fixture.execute("running", 1);
    GatedBackend.Run running = fixture.backend.next();
    fixture.execute("dispatched", 1);
    fixture.enqueue("local");
    fixture.queue.replicas().stop(1);
    running.succeed("{}");
    fixture.scheduler.ended();
    fixture.backend.awaitClosed();

    fixture.start("other", 1);

    assertThat(fixture.scheduler.next())
        .isEqualTo(new TaskEvent.Refused("dispatched", 1, Refusal.MODEL_MISMATCH));
    assertThat(fixture.queue.lookup("local"))
        .isInstanceOfSatisfying(
            Lookup.Finished.class,
            finished ->
                assertThat(finished.task().outcome())
                    .isEqualTo(
                        new Outcome.Failed(
                            RunFailure.Kind.EXECUTION,
                            "model 'm' was replaced before the task started")));
    assertThat(fixture.backend.isQuiet()).isTrue();
  }

  @Test
  void accountsForGpus() {
    Reservation one = fixture.queue.replicas().reserve(fixture.reservation("m", 1, 1));
    MeshException missing =
        catchThrowableOfType(
            MeshException.class,
            () -> fixture.queue.replicas().reserve(fixture.reservation("m", 2, 1)));

    assertThat(missing.reason()).isEqualTo(ErrorReason.INSUFFICIENT_RESOURCES);
    assertThat(missing.message()).isEqualTo("2 GPU(s) are needed, 1 of 2 are free here");

    fixture.queue.replicas().release(one);
    assertThat(fixture.queue.replicas().reserve(fixture.reservation("other", 2, 1)).count())
        .isEqualTo(2);
  }

  @Test
  void givesEveryReplicaGpusOfItsOwnUntilItIsClosed() throws InterruptedException {
    fixture.start("m", 2, 1);
    assertThat(fixture.backend.gpus()).containsExactly(List.of(0), List.of(1));
    CountDownLatch closing = new CountDownLatch(1);
    fixture.backend.holdClosing(closing);

    fixture.queue.replicas().stop(1);
    assertThat(refusal(fixture.reservation("m", 1, 1)))
        .as("its process may still be on the GPU")
        .isEqualTo(ErrorReason.INSUFFICIENT_RESOURCES);
    closing.countDown();
    fixture.backend.awaitClosed();
    startOnceGpusAreFree();

    assertThat(fixture.backend.gpus()).last().isEqualTo(List.of(0));
    assertThat(fixture.queue.view().replicas())
        .extracting(ReplicaView::gpus)
        .containsExactly(List.of(1), List.of(0));
  }

  @Test
  void givesAReplicaNoTasksWhileItsEngineIsAway() throws InterruptedException {
    fixture.start("m", 2);
    fixture.backend.become(0, ReplicaState.RESTARTING);
    assertThat(fixture.queue.view().slots()).isEqualTo(1);
    assertThat(fixture.queue.view().replicasRunning()).isEqualTo(1);
    fixture.enqueue("a");
    fixture.enqueue("b");
    fixture.backend.next();
    assertThat(fixture.queue.view().running()).isEqualTo(1);

    fixture.backend.become(0, ReplicaState.READY);

    assertThat(fixture.backend.next().taskId()).as("taken at once").isEqualTo("b");
    assertThat(fixture.queue.view().slots()).isEqualTo(2);
  }

  @Test
  void handsTheSchedulersTasksBackWhileNoEngineIsThere() throws InterruptedException {
    fixture.start("m", 1);
    fixture.scheduler.open();
    fixture.execute("running", 1);
    fixture.backend.next();
    assertThat(fixture.scheduler.next()).isInstanceOf(TaskEvent.Started.class);
    fixture.execute("waiting", 1);
    fixture.enqueue("local");

    fixture.backend.become(0, ReplicaState.RESTARTING);
    assertThat(fixture.scheduler.next())
        .isEqualTo(new TaskEvent.Refused("waiting", 1, Refusal.NO_REPLICA));
    fixture.execute("later", 1);
    assertThat(fixture.scheduler.next())
        .isEqualTo(new TaskEvent.Refused("later", 1, Refusal.NO_REPLICA));
    assertThat(fixture.queue.view().model()).as("it will be back").isEqualTo("m");
    assertThat(fixture.queue.lookup("local")).isEqualTo(new Lookup.Unfinished(false));
    fixture.enqueue("another local");

    fixture.backend.become(0, ReplicaState.FAILED);
    assertThat(fixture.queue.view().model()).as("it will not").isNull();
    assertThat(refusal(fixture.reservation("other", 1, 0)))
        .as("it is to be stopped first")
        .isEqualTo(ErrorReason.MODEL_MISMATCH);
  }

  @Test
  void tellsTheSlotsAndGpusOfReplicasThatTakeTasks() throws InterruptedException {
    fixture.close();
    fixture = new QueueFixture(QueueFixture.ROOMY, 3);
    assertThat(fixture.queue.view().slots()).isZero();
    assertThat(fixture.queue.view().gpus()).isZero();
    fixture.start("m", 2, 1);
    assertThat(fixture.queue.view().slots()).isEqualTo(6);
    assertThat(fixture.queue.view().gpus()).isEqualTo(2);
    for (int i = 0; i < 7; i++) {
      fixture.enqueue("t" + i);
    }
    assertThat(fixture.queue.view().running()).as("every slot is used").isEqualTo(6);
    assertThat(fixture.queue.view().pending()).isEqualTo(1);
    fixture.queue.replicas().stop(1);
    assertThat(fixture.queue.view().slots()).as("it still runs, but takes none").isEqualTo(3);
    assertThat(fixture.queue.view().gpus()).isEqualTo(1);
    assertThat(fixture.queue.view().running()).isEqualTo(6);
  }

  @Test
  void boundsTheReplicas() {
    fixture.queue.replicas().reserve(fixture.reservation("m", 1_000, 0));

    assertThat(refusal(fixture.reservation("m", 25, 0)))
        .isEqualTo(ErrorReason.INSUFFICIENT_RESOURCES);
  }

  /// A replica gives its GPUs back just after it is closed.
  private void startOnceGpusAreFree() {
    while (fixture.queue.view().replicasRunning() < 2) {
      try {
        fixture.start("m", 1, 1);
      } catch (MeshException e) {
        assertThat(e.reason()).isEqualTo(ErrorReason.INSUFFICIENT_RESOURCES);
        Thread.onSpinWait();
      }
    }
  }

  private ErrorReason refusal(Reservation wanted) {
    return catchThrowableOfType(MeshException.class, () -> fixture.queue.replicas().reserve(wanted))
        .reason();
  }
}
