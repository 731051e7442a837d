package io.swarmpilot.taskinstance.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmpilot.taskinstance.backend.RunFailure;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DispatchPortTest {
  private QueueFixture fixture = QueueFixture.roomy();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void saysWhenATaskStartsAndEnds() throws InterruptedException {
    fixture.start("m", 1);
    fixture.scheduler.open();
    fixture.execute("a", 3);
    fixture.backend.next().succeed("{\"x\":1}");

    assertThat(fixture.scheduler.next()).isEqualTo(new TaskEvent.Started("a", 3, "replica-1", 0));
    FinishedTask ended = fixture.scheduler.ended();
    assertThat(ended.attempt()).isEqualTo(3);
    assertThat(ended.outcome()).isEqualTo(new Outcome.Succeeded("{\"x\":1}"));
  }

  @Test
  void saysWhyATaskIsNotTaken() throws InterruptedException {
    fixture = new QueueFixture(new QueueBounds(1, 1_000, 5, Duration.ofHours(1), 10_000), 1);
    fixture.scheduler.open();
    fixture.execute("a", 1);
    assertThat(fixture.scheduler.next())
        .isEqualTo(new TaskEvent.Refused("a", 1, Refusal.NO_REPLICA));

    fixture.start("other", 1);
    fixture.execute("b", 2);
    assertThat(fixture.scheduler.next())
        .isEqualTo(new TaskEvent.Refused("b", 2, Refusal.MODEL_MISMATCH));

    fixture.enqueue("running");
    fixture.enqueue("waiting");
    fixture
        .queue
        .dispatchPort()
        .execute(fixture.scheduler, new NewTask("c", 1, "other", "{}", null));
    assertThat(fixture.scheduler.next())
        .isEqualTo(new TaskEvent.Refused("c", 1, Refusal.QUEUE_FULL));

    fixture.queue.drain();
    fixture.execute("d", 1);
    assertThat(fixture.scheduler.next()).isEqualTo(new TaskEvent.Refused("d", 1, Refusal.DRAINING));
  }

  @Test
  void takesNothingWhileTooManyOutcomesAreUnacknowledged() throws InterruptedException {
    fixture = new QueueFixture(new QueueBounds(1, 1_000, 1, Duration.ofHours(1), 10_000), 1);
    fixture.start("m", 1);
    fixture.scheduler.open();
    run("a");
    run("b");
    fixture.execute("c", 1);
    assertThat(fixture.scheduler.next())
        .isEqualTo(new TaskEvent.Refused("c", 1, Refusal.QUEUE_FULL));

    fixture.queue.dispatchPort().acknowledge(fixture.scheduler, "a", 1);
    run("c");
  }

  @Test
  void ignoresARepeatedAttemptAndAdoptsAHigherOne() throws InterruptedException {
    fixture.start("m", 1);
    fixture.scheduler.open();
    fixture.execute("a", 2);
    GatedBackend.Run run = fixture.backend.next();
    fixture.scheduler.next();
    fixture.execute("a", 2);
    fixture.execute("a", 1);
    assertThat(fixture.scheduler.isQuiet()).isTrue();

    fixture.execute("a", 5);
    assertThat(fixture.scheduler.next()).isEqualTo(new TaskEvent.Started("a", 5, "replica-1", 0));
    run.succeed("{}");

    assertThat(fixture.scheduler.ended().attempt()).isEqualTo(5);
    assertThat(fixture.backend.isQuiet()).isTrue();
    fixture.execute("a", 5);
    assertThat(fixture.scheduler.isQuiet()).isTrue();
  }

  @Test
  void answersAHigherAttemptOfWhatSucceededFromMemory() throws InterruptedException {
    fixture.start("m", 1);
    fixture.scheduler.open();
    run("a");

    fixture.execute("a", 2);

    FinishedTask again = fixture.scheduler.ended();
    assertThat(again.attempt()).isEqualTo(2);
    assertThat(again.outcome()).isEqualTo(new Outcome.Succeeded("{}"));
    assertThat(fixture.backend.isQuiet()).isTrue();
  }

  @Test
  void runsAHigherAttemptOfWhatFailed() throws InterruptedException {
    fixture.start("m", 1);
    fixture.scheduler.open();
    fixture.execute("a", 1);
    fixture.backend.next().fail(new RunFailure(RunFailure.Kind.EXECUTION, "broke"));
    fixture.scheduler.ended();

    fixture.execute("a", 2);
    fixture.backend.next().succeed("{}");

    assertThat(fixture.scheduler.ended().outcome()).isEqualTo(new Outcome.Succeeded("{}"));
    assertThat(fixture.queue.results(10, 1_000_000)).hasSize(1);
  }

  @Test
  void stopsWaitingAndRunningTasks() throws InterruptedException {
    fixture.start("m", 1);
    fixture.scheduler.open();
    fixture.execute("running", 2);
    fixture.execute("waiting", 2);
    fixture.backend.next();

    fixture.queue.dispatchPort().abort(fixture.scheduler, "waiting", 1);
    assertThat(fixture.queue.lookup("waiting")).isEqualTo(new Lookup.Unfinished(false));
    fixture.queue.dispatchPort().abort(fixture.scheduler, "waiting", 2);
    assertCancelled(fixture.scheduler.ended(), "waiting");
    fixture.queue.dispatchPort().abort(fixture.scheduler, "running", 2);
    assertCancelled(fixture.scheduler.ended(), "running");
    fixture.queue.dispatchPort().abort(fixture.scheduler, "unheard of", 1);
    assertCancelled(fixture.scheduler.ended(), "unheard of");

    assertThat(fixture.queue.view().queueSize()).isZero();
    assertThat(fixture.queue.view().replicas()).allMatch(replica -> replica.taskIds().isEmpty());
  }

  @Test
  void keepsOutcomesUntilTheyAreAcknowledged() throws InterruptedException {
    fixture.start("m", 1);
    fixture.scheduler.open();
    run("a");
    run("b");
    fixture.queue.dispatchPort().acknowledge(fixture.scheduler, "a", 1);
    fixture.execute("c", 4);
    fixture.backend.next();
    fixture.queue.dispatchPort().detach(fixture.scheduler);

    Recorder second = new Recorder(fixture.queue.dispatchPort());
    Holdings holdings = second.open();

    assertThat(holdings.tasks()).containsExactly(new HeldTask("c", 4, true));
    assertThat(second.ended().taskId()).isEqualTo("b");
    assertThat(second.isQuiet()).isTrue();
  }

  @Test
  void obeysOnlyTheStreamThatIsOpen() throws InterruptedException {
    fixture.start("m", 1);
    fixture.scheduler.open();
    Recorder second = new Recorder(fixture.queue.dispatchPort());
    second.open();

    fixture.execute("a", 1);
    fixture.queue.dispatchPort().detach(fixture.scheduler);

    assertThat(fixture.queue.lookup("a")).isEqualTo(new Lookup.Unknown());
    fixture.queue.dispatchPort().execute(second, new NewTask("b", 1, "m", "{}", null));
    fixture.backend.next().succeed("{}");
    assertThat(second.ended().taskId()).isEqualTo("b");
    assertThat(fixture.scheduler.isQuiet()).isTrue();
  }

  @Test
  void handsBackWhatWaitsWhenItDrains() throws Exception {
    fixture.start("m", 1);
    fixture.scheduler.open();
    fixture.execute("running", 1);
    GatedBackend.Run running = fixture.backend.next();
    fixture.scheduler.next();
    fixture.execute("waiting", 1);
    fixture.enqueue("local");

    var drained = fixture.queue.drain().toCompletableFuture();

    assertThat(fixture.scheduler.next())
        .isEqualTo(new TaskEvent.Refused("waiting", 1, Refusal.DRAINING));
    assertThat(drained).isNotDone();
    running.succeed("{}");
    GatedBackend.Run local = fixture.backend.next();
    assertThat(local.taskId()).isEqualTo("local");
    local.succeed("{}");
    drained.get(10, TimeUnit.SECONDS);

    var settled = fixture.queue.settled().toCompletableFuture();
    assertThat(settled).isNotDone();
    fixture.queue.dispatchPort().acknowledge(fixture.scheduler, "running", 1);
    settled.get(10, TimeUnit.SECONDS);
  }

  @Test
  void tellsThatAnEvictedTaskMayBeTriedAgain() throws Exception {
    fixture.start("m", 1);
    fixture.scheduler.open();
    fixture.execute("running", 1);
    fixture.backend.next();
    var drained = fixture.queue.drain().toCompletableFuture();

    fixture.queue.evict();

    drained.get(10, TimeUnit.SECONDS);
    assertThat(fixture.scheduler.ended().outcome())
        .isEqualTo(new Outcome.Failed(RunFailure.Kind.REPLICA_LOST, "the instance shut down"));
  }

  @Test
  void wakesTheStreamWhenReplicasChange() throws InterruptedException {
    fixture.scheduler.open();
    fixture.start("m", 1);
    fixture.scheduler.awaitChange();
    fixture.queue.replicas().stop(1);
    fixture.scheduler.awaitChange();
  }

  private void run(String id) throws InterruptedException {
    fixture.execute(id, 1);
    fixture.backend.next().succeed("{}");
    assertThat(fixture.scheduler.ended().taskId()).isEqualTo(id);
  }

  private static void assertCancelled(FinishedTask task, String id) {
    assertThat(task.taskId()).isEqualTo(id);
    assertThat(task.outcome())
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> assertThat(failed.kind()).isEqualTo(RunFailure.Kind.CANCELLED));
  }
}
