package io.swarmpilot.taskinstance.backend.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.swarmpilot.taskinstance.backend.Cancellation;
import io.swarmpilot.taskinstance.backend.Execution;
import io.swarmpilot.taskinstance.backend.ExecutionOutput;
import io.swarmpilot.taskinstance.backend.Replica;
import io.swarmpilot.taskinstance.backend.ReplicaSpec;
import io.swarmpilot.taskinstance.backend.RunFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// In real time: what takes long may take longer, so only lower bounds are judged.
@Timeout(30)
class SimulatedRunTest {
  @Test
  void showsTokensAsTimePasses() throws RunFailure {
    Shown shown = new Shown();
    String answer =
        run(
            open(
                "{\"latency_ms\":200,\"output_tokens\":4,\"prompt_tokens\":9,"
                    + "\"first_output_share\":0.5}"),
            "{\"output_tokens\":5}",
            shown);

    assertThat(answer).isEqualTo("{\"output\":\"simulated\",\"latency_ms\":200.0,\"tokens\":5}");
    assertThat(shown.pieces)
        .containsExactly(
            "{\"token\":1}", "{\"token\":2}", "{\"token\":3}", "{\"token\":4}", "{\"token\":5}");
    assertThat(shown.counts).isEqualTo("9 5");
    // The first comes after the half and a fifth of the other half.
    assertThat(shown.times.getFirst() - shown.start).isGreaterThanOrEqualTo(119_000_000);
    assertThat(shown.times.getLast() - shown.start).isGreaterThanOrEqualTo(199_000_000);
  }

  @Test
  void showsTokensThatTakeNoTime() throws RunFailure {
    Shown shown = new Shown();
    var _ = run(open("{\"output_tokens\":3}"), "{}", shown);

    assertThat(shown.pieces).hasSize(3);
  }

  @Test
  void runsSlowerWhileOthersRun() throws Exception {
    Replica replica = open("{\"latency_ms\":100,\"slots\":2,\"batch_slowdown\":2}");
    long start = System.nanoTime();
    CompletableFuture<Long> first = timed(replica, start);
    CompletableFuture<Long> second = timed(replica, start);

    // Each would take 100 ms alone, and 300 ms beside the other.
    assertThat(Math.max(first.get(), second.get())).isGreaterThanOrEqualTo(200);
    assertThat(replica.slots()).isEqualTo(2);
  }

  @Test
  void isWokenWhenTheOthersAreGone() throws Exception {
    Replica replica = open("{\"latency_field\":\"ms\",\"slots\":2,\"batch_slowdown\":100}");
    Cancellation endless = new Cancellation();
    CompletableFuture<RunFailure> other = cancelled(replica, "{\"ms\":3600000}", endless);
    Shown shown = new Shown();
    CompletableFuture<String> mine =
        CompletableFuture.supplyAsync(() -> quietly(replica, "{\"ms\":300}", shown));

    // Beside the other it would take half a minute.
    endless.request();

    assertThat(mine).succeedsWithin(Duration.ofSeconds(20));
    assertThat(other.get().kind()).isEqualTo(RunFailure.Kind.CANCELLED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"execution", "replica_lost"})
  void failsPartOfTheWay(String kind) {
    Replica replica =
        open(
            "{\"latency_ms\":1000,\"output_tokens\":10,\"first_output_share\":0,"
                + "\"failure_rate\":1,\"failure_at\":0.25,\"failure_kind\":\""
                + kind
                + "\"}");
    Shown shown = new Shown();

    RunFailure failure = catchThrowableOfType(RunFailure.class, () -> run(replica, "{}", shown));

    assertThat(failure.kind().name()).isEqualToIgnoringCase(kind);
    assertThat(failure.message()).isEqualTo("simulated failure");
    assertThat(shown.pieces).hasSizeBetween(2, 9);
  }

  @Test
  void losesATaskOnce() throws RunFailure {
    Replica replica = open("{\"failure_rate\":1,\"failure_kind\":\"replica_lost\"}");
    RunFailure first =
        catchThrowableOfType(RunFailure.class, () -> run(replica, "{}", new Shown()));

    assertThat(first.kind()).isEqualTo(RunFailure.Kind.REPLICA_LOST);
    assertThat(run(replica, "{}", new Shown())).contains("simulated");
  }

  @Test
  void stallsUntilItIsCancelled() throws Exception {
    Replica replica =
        open(
            "{\"output_tokens\":2,\"failure_rate\":1,\"failure_at\":0,\"failure_kind\":\"stall\"}");
    Cancellation cancellation = new Cancellation();
    CompletableFuture<RunFailure> ended = cancelled(replica, "{}", cancellation);
    assertThat(ended).isNotDone();

    cancellation.request();

    assertThat(ended.get(20, TimeUnit.SECONDS).kind()).isEqualTo(RunFailure.Kind.CANCELLED);
  }

  @Test
  void endsBetweenTokensWhenItIsCancelled() {
    Replica replica =
        open("{\"latency_ms\":3600000,\"output_tokens\":360000,\"first_output_share\":0}");
    Cancellation cancellation = new Cancellation();
    Shown shown =
        new Shown() {
          @Override
          public void emit(String json) {
            super.emit(json);
            cancellation.request();
          }
        };

    RunFailure failure =
        catchThrowableOfType(
            RunFailure.class, () -> replica.run(new Execution("task", "{}", cancellation, shown)));

    assertThat(failure.kind()).isEqualTo(RunFailure.Kind.CANCELLED);
    assertThat(shown.pieces).contains("{\"token\":1}");
  }

  private static CompletableFuture<Long> timed(Replica replica, long start) {
    return CompletableFuture.supplyAsync(() -> {
      var _ = quietly(replica, "{}", new Shown());
      return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    });
  }

  /// The failure of a run on a thread of its own, which has begun when this returns.
  private static CompletableFuture<RunFailure> cancelled(
      Replica replica, String input, Cancellation cancellation) throws InterruptedException {
    CompletableFuture<RunFailure> ended = new CompletableFuture<>();
    CountDownLatch begun = new CountDownLatch(1);
    Thread.ofVirtual()
        .start(() -> {
          begun.countDown();
          ended.complete(
              catchThrowableOfType(
                  RunFailure.class,
                  () -> replica.run(new Execution("other", input, cancellation))));
        });
    begun.await();
    return ended;
  }

  private static String quietly(Replica replica, String input, Shown shown) {
    try {
      return run(replica, input, shown);
    } catch (RunFailure e) {
      throw new IllegalStateException(e);
    }
  }

  private static String run(Replica replica, String input, Shown shown) throws RunFailure {
    return replica.run(new Execution("task", input, new Cancellation(), shown));
  }

  private static Replica open(String config) {
    try {
      return new SimulatedBackend().open(new ReplicaSpec("m", new JsonMapper().readTree(config)));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static class Shown implements ExecutionOutput {
    private final long start = System.nanoTime();
    final List<String> pieces = Collections.synchronizedList(new ArrayList<>());
    private final List<Long> times = Collections.synchronizedList(new ArrayList<>());
    private String counts = "";

    @Override
    public void emit(String json) {
      pieces.add(json);
      times.add(System.nanoTime());
    }

    @Override
    public void frame(String json) {}

    @Override
    public void tokens(long prompt, long completion) {
      counts = prompt + " " + completion;
    }
  }
}
