package io.swarmpilot.taskinstance.backend.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.swarmpilot.runtime.error.FieldViolation;
import io.swarmpilot.runtime.error.MeshException;
import io.swarmpilot.taskinstance.backend.Cancellation;
import io.swarmpilot.taskinstance.backend.Execution;
import io.swarmpilot.taskinstance.backend.Replica;
import io.swarmpilot.taskinstance.backend.ReplicaSpec;
import io.swarmpilot.taskinstance.backend.RunFailure;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(20)
class SimulatedBackendTest {
  @Test
  void answersAtOnceWithoutALatency() throws RunFailure {
    assertThat(run(open("{}"), "task")).isEqualTo("{\"output\":\"simulated\",\"latency_ms\":0.0}");
  }

  @Test
  void takesTheTimeItIsTold() throws RunFailure {
    Replica replica = open("{\"latency_ms\":30}");
    long start = System.nanoTime();

    assertThat(run(replica, "task")).contains("\"latency_ms\":30.0");

    assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isBetween(30L, 2_000L);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{\"ms\":30.5}   ; {\"output\":\"simulated\",\"latency_ms\":30.5}",
        "{\"ms\":0}      ; {\"output\":\"simulated\",\"latency_ms\":0.0}",
        "{\"ms\":-1}     ; input_data.ms: must be how long the execution takes",
        "{\"ms\":\"30\"} ; input_data.ms: must be how long the execution takes",
        "{\"ms\":4e6}    ; input_data.ms: must be how long the execution takes",
        "{}               ; input_data.ms: must be how long the execution takes",
        "no JSON          ; input_data.ms: must be how long the execution takes",
      })
  void takesTheTimeThatATaskSays(String input, String expected) {
    Replica replica = open("{\"latency_field\":\"ms\"}");
    String answer;
    try {
      answer = replica.run(new Execution("task", input, new Cancellation()));
    } catch (RunFailure e) {
      assertThat(e.kind()).isEqualTo(RunFailure.Kind.INVALID_INPUT);
      answer = e.message();
    }
    assertThat(answer).startsWith(expected);
  }

  @Test
  void repeatsATaskExactlyWithTheSameSeed() throws RunFailure {
    String config = "{\"distribution\":\"lognormal\",\"mean_ms\":0.5,\"cv\":1,\"seed\":7}";

    assertThat(run(open(config), "a")).isEqualTo(run(open(config), "a"));
    assertThat(run(open(config), "a")).isNotEqualTo(run(open(config), "b"));
  }

  @Test
  void failsTheShareOfTasksItIsTold() {
    Replica replica = open("{\"failure_rate\":0.25,\"seed\":1}");
    int failed = 0;
    for (int i = 0; i < 2_000; i++) {
      String id = "task-" + i;
      RunFailure failure = catchThrowableOfType(RunFailure.class, () -> run(replica, id));
      failed += failure == null ? 0 : 1;
    }
    assertThat(failed / 2_000.0).isCloseTo(0.25, within(0.05));
  }

  @Test
  void endsWhenItIsCancelled() {
    Replica replica = open("{\"latency_ms\":3600000}");
    Cancellation cancellation = new Cancellation();
    CompletableFuture<RunFailure> ended = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(() ->
            ended.complete(
                catchThrowableOfType(
                    RunFailure.class,
                    () -> replica.run(new Execution("task", "{}", cancellation)))));

    cancellation.request();

    assertThat(ended)
        .succeedsWithin(java.time.Duration.ofSeconds(5))
        .extracting(RunFailure::kind)
        .isEqualTo(RunFailure.Kind.CANCELLED);
  }

  @Test
  void drawsFromTheDistributionsItOffers() {
    for (Latency latency :
        new Latency[] {new Latency.Lognormal(20, 0.8), new Latency.Exponential(20)}) {
      SplittableRandom random = new SplittableRandom(3);
      double[] draws = DoubleStream.generate(() -> latency.draw(random)).limit(50_000).toArray();
      double mean = DoubleStream.of(draws).average().orElseThrow();
      double variance =
          DoubleStream.of(draws).map(x -> (x - mean) * (x - mean)).average().orElseThrow();
      double cv = latency instanceof Latency.Lognormal(_, double given) ? given : 1;

      assertThat(mean).as("mean of %s", latency).isCloseTo(20, within(0.5));
      assertThat(Math.sqrt(variance) / mean).as("cv of %s", latency).isCloseTo(cv, within(0.05));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"latency_ms\":-1} | config.latency_ms",
        "{\"latency_ms\":\"soon\"} | config.latency_ms",
        "{\"distribution\":\"cauchy\"} | config.distribution",
        "{\"failure_rate\":1.5} | config.failure_rate",
        "{\"seed\":0.5} | config.seed"
      })
  void namesTheSettingThatIsWrong(String config, String field) {
    MeshException refused = catchThrowableOfType(MeshException.class, () -> open(config));

    assertThat(refused.violations()).extracting(FieldViolation::field).containsExactly(field);
  }

  private static Replica open(String config) {
    try {
      return new SimulatedBackend()
          .open(new ReplicaSpec("anything", new JsonMapper().readTree(config)));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static String run(Replica replica, String id) throws RunFailure {
    return replica.run(new Execution(id, "{}", new Cancellation()));
  }
}
