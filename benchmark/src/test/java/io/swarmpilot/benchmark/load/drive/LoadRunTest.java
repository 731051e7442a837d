package io.swarmpilot.benchmark.load.drive;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import io.swarmpilot.benchmark.load.Aim;
import io.swarmpilot.benchmark.load.Api;
import io.swarmpilot.benchmark.load.Arrival;
import io.swarmpilot.benchmark.load.Ending;
import io.swarmpilot.benchmark.load.Limits;
import io.swarmpilot.benchmark.load.LoadPlan;
import io.swarmpilot.benchmark.load.Phases;
import io.swarmpilot.benchmark.measure.Count;
import io.swarmpilot.benchmark.measure.Failure;
import io.swarmpilot.benchmark.measure.Metric;
import io.swarmpilot.benchmark.prompts.Prompt;
import io.swarmpilot.benchmark.protocol.Reply;
import io.swarmpilot.benchmark.protocol.Target;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class LoadRunTest {
  private static final LoadPlan CLOSED =
      LoadPlan.of(
          new Aim(ImmutableList.of(), Api.DUMMY, "", "", true, 0, false),
          Arrival.Closed.of(4),
          Phases.of(Duration.ofMinutes(10)),
          (_, _) -> Prompt.of("hello"));

  @Test
  void usersSendAsManyRequestsAsWanted() {
    try (LoadGenerator generator = new LoadGenerator()) {
      RunSnapshot end =
          generator.start(CLOSED.withLimits(Limits.DEFAULT.withMaxRequests(500))).over().join();
      assertThat(end.ending()).contains(Ending.REQUESTS);
      assertThat(end.complete()).isTrue();
      assertThat(end.measured().count(Count.SUCCEEDED)).isEqualTo(500);
      assertThat(end.measured().series(Metric.RESPONSE).count()).isEqualTo(500);
      assertThat(end.inFlight()).isZero();
    }
  }

  @Test
  void stopAnswersWhenNothingIsLeftAndStragglersCountNowhere() throws InterruptedException {
    Silent server = new Silent(4);
    LoadRun run = LoadRun.start(1, CLOSED, ImmutableList.of(server));
    server.asked.await();

    RunSnapshot end = run.stop();

    assertThat(end.running()).isFalse();
    assertThat(end.complete()).isFalse();
    assertThat(end.inFlight()).isZero();
    assertThat(end.measured().count(Count.CUT)).isEqualTo(4);
    assertThat(end.measured().count(Count.ATTEMPTED)).isZero();
    server.answerLate();
    assertThat(run.stop()).isEqualTo(end);
    assertThat(server.replies).hasSize(4);
  }

  @Test
  void aRunThatWaitsForItsStartCanBeStopped() {
    LoadRun run =
        LoadRun.start(
            1,
            CLOSED.startingAt(System.currentTimeMillis() + 3_600_000),
            ImmutableList.of(new Silent(1)));
    assertThat(run.snapshot().elapsedSeconds()).isZero();
    assertThat(run.stop().measured().count(Count.ATTEMPTED)).isZero();
  }

  /// Never answers, unless told to.
  private static final class Silent implements Target {
    private final Queue<Reply> replies = new ConcurrentLinkedQueue<>();
    private final CountDownLatch asked;

    private Silent(int requests) {
      this.asked = new CountDownLatch(requests);
    }

    @Override
    public Call send(Prompt prompt, Reply reply) {
      replies.add(reply);
      asked.countDown();
      return () -> reply.failed(System.nanoTime(), Failure.of(Failure.Kind.CUT, "broken off"));
    }

    private void answerLate() {
      replies.forEach(
          reply -> reply.done(System.nanoTime(), io.swarmpilot.benchmark.measure.Usage.counted(1)));
    }
  }
}
