package io.swarmpilot.taskinstance.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmpilot.taskinstance.backend.Fault;
import io.swarmpilot.taskinstance.backend.RunFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Tasks whose time runs out end here, whether or not the scheduler still says so.
@Timeout(30)
class DeadlineTest {
  private static final Outcome OUT_OF_TIME =
      new Outcome.Failed(RunFailure.Kind.CANCELLED, Fault.TIMEOUT, "its time ran out");

  private QueueFixture fixture = QueueFixture.roomy();

  @BeforeEach
  void open() {
    fixture.scheduler.open();
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void aRunningTaskIsStoppedWhenItsTimeIsUp() throws InterruptedException {
    fixture.start("m", 1);
    fixture.execute("a", 1, 100);
    fixture.backend.next();
    fixture.clock.advance(Duration.ofMillis(99));
    fixture.queue.endExpired();
    assertThat(fixture.queue.view().running()).isEqualTo(1);
    fixture.clock.advance(Duration.ofMillis(1));
    fixture.queue.endExpired();
    FinishedTask ended = fixture.scheduler.ended();
    assertThat(ended.outcome()).isEqualTo(OUT_OF_TIME);
    assertThat(ended.executionMs()).isEqualTo(100);
    fixture.execute("next", 1);
    assertThat(fixture.backend.next().taskId()).as("the slot is free again").isEqualTo("next");
  }

  @Test
  void aWaitingTaskIsNotExecutedAnyMore() throws InterruptedException {
    fixture.start("m", 1);
    fixture.execute("first", 1);
    GatedBackend.Run first = fixture.backend.next();
    fixture.execute("late", 1, 100);
    fixture.execute("last", 1, 1_000);
    fixture.clock.advance(Duration.ofMillis(100));
    first.succeed("{}");
    assertThat(fixture.backend.next().taskId()).isEqualTo("last");
    assertThat(fixture.scheduler.ended().taskId()).isEqualTo("first");
    FinishedTask late = fixture.scheduler.ended();
    assertThat(late.taskId()).isEqualTo("late");
    assertThat(late.outcome()).isEqualTo(OUT_OF_TIME);
    assertThat(late.replicaId()).isNull();
    assertThat(late.executionMs()).isZero();
    assertThat(late.waitMs()).isEqualTo(100);
  }

  @Test
  void aWaitingTaskEndsOnTimeThoughNoSlotIsFree() throws InterruptedException {
    fixture.start("m", 1);
    fixture.execute("first", 1);
    fixture.backend.next();
    fixture.execute("late", 1, 100);
    fixture.clock.advance(Duration.ofMillis(100));
    fixture.queue.endExpired();
    assertThat(fixture.scheduler.ended().outcome()).isEqualTo(OUT_OF_TIME);
    assertThat(fixture.queue.view().pending()).isZero();
    assertThat(fixture.queue.view().running()).isEqualTo(1);
  }

  @Test
  void aTaskWithoutAnyTimeIsNotExecuted() throws InterruptedException {
    fixture.start("m", 1);
    fixture.execute("none", 1, 0);
    fixture.execute("less", 1, -5);
    assertThat(fixture.scheduler.ended().outcome()).isEqualTo(OUT_OF_TIME);
    assertThat(fixture.scheduler.ended().outcome()).isEqualTo(OUT_OF_TIME);
    assertThat(fixture.backend.isQuiet()).isTrue();
  }

  @Test
  void aLaterAttemptHasItsOwnTime() throws InterruptedException {
    fixture.start("m", 1);
    fixture.execute("a", 1, 100);
    fixture.backend.next();
    fixture.clock.advance(Duration.ofMillis(90));
    fixture.execute("a", 2, 200);
    fixture.clock.advance(Duration.ofMillis(199));
    fixture.queue.endExpired();
    assertThat(fixture.queue.view().running()).isEqualTo(1);
    fixture.clock.advance(Duration.ofMillis(1));
    fixture.queue.endExpired();
    FinishedTask ended = fixture.scheduler.ended();
    assertThat(ended.attempt()).isEqualTo(2);
    assertThat(ended.outcome()).isEqualTo(OUT_OF_TIME);
  }

  @Test
  void whatSucceededBeforeItWasStoppedHasSucceeded() throws InterruptedException {
    fixture.start("m", 1);
    fixture.execute("a", 1, 100);
    GatedBackend.Run run = fixture.backend.next();
    fixture.clock.advance(Duration.ofMillis(150));
    run.succeed("{\"x\":1}");
    assertThat(fixture.scheduler.ended().outcome()).isEqualTo(new Outcome.Succeeded("{\"x\":1}"));
    fixture.queue.endExpired();
    assertThat(fixture.scheduler.isQuiet()).isTrue();
  }

  @Test
  void timeThatIsNotBoundedNeverRunsOut() throws InterruptedException {
    fixture.start("m", 1);
    for (double bound : new double[] {Double.POSITIVE_INFINITY, 1e300, 1e12}) {
      fixture.execute("bound " + bound, 1, bound);
    }
    fixture.clock.advance(Duration.ofDays(365));
    fixture.queue.endExpired();
    assertThat(fixture.queue.view().queueSize()).isEqualTo(3);
  }

  /// Of many waiting tasks exactly those end whose time is up, whatever became of the others.
  @Test
  void exactlyTheExpiredEnd() {
    for (long seed = 0; seed < 50; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      try (QueueFixture many = QueueFixture.roomy()) {
        many.scheduler.open();
        many.start("m", 1);
        many.execute("running", 1);
        List<Integer> left = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
          int remainingMs = random.nextInt(1, 1_000);
          many.execute("t" + i, 1, remainingMs);
          if (random.nextInt(5) == 0) {
            many.queue.dispatchPort().abort(many.scheduler, "t" + i, 1);
          } else {
            left.add(remainingMs);
          }
        }
        for (int now = 0; now < 1_000; now += 50) {
          many.clock.advance(Duration.ofMillis(50));
          many.queue.endExpired();
          int passed = now + 50;
          assertThat(many.queue.view().pending())
              .as("seed %d after %d ms", seed, passed)
              .isEqualTo((int) left.stream().filter(ms -> ms > passed).count());
        }
      }
    }
  }
}
