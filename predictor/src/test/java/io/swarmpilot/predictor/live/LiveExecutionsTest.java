package io.swarmpilot.predictor.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.swarmpilot.predictor.feature.Features;
import io.swarmpilot.predictor.feature.Query;
import io.swarmpilot.predictor.model.Method;
import io.swarmpilot.predictor.model.ModelCount;
import io.swarmpilot.predictor.model.ModelIdentity;
import io.swarmpilot.predictor.model.Prediction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class LiveExecutionsTest {
  private static final ModelIdentity A100 = new ModelIdentity("gpt", "", "A100", "vllm", "1");
  private static final ModelIdentity H100 = new ModelIdentity("gpt", "", "H100", "vllm", "1");

  private final LiveExecutions live = new LiveExecutions(4);
  private int reported;

  @Test
  void knowsNothingAtFirst() {
    assertThat(ask(A100)).isEmpty();
    assertThat(live.models()).isEmpty();
  }

  @Test
  void enoughExecutionsOfJustThatAreSettled() {
    report(A100, 10, 19);
    assertThat(ask(A100)).get().extracting(LiveAnswer::settled).isEqualTo(false);
    report(A100, 10, 1);

    LiveAnswer answer = ask(A100).orElseThrow();
    assertThat(answer.settled()).isTrue();
    assertThat(answer.prediction().method()).isEqualTo(Method.LIVE);
    assertThat(answer.prediction().mean()).isCloseTo(10, within(1e-9));
    assertThat(answer.prediction().confidence()).isCloseTo(20 / 30.0, within(1e-12));
  }

  @Test
  void aRepeatedReportIsIgnored() {
    assertThat(live.learn(execution("t", 1, A100, 10))).isTrue();
    assertThat(live.learn(execution("t", 1, A100, 10))).isFalse();
    assertThat(live.learn(execution("t", 2, A100, 10))).isTrue();
    assertThat(live.models()).containsExactly(new ModelCount(A100, 2));
  }

  @Test
  void executionsWithoutAnIdAreAllCounted() {
    assertThat(live.learn(execution("", 1, A100, 10))).isTrue();
    assertThat(live.learn(execution("", 1, A100, 10))).isTrue();
  }

  @Test
  void otherHardwareIsTheFallbackAndSaysSo() {
    report(H100, 10, 100);

    LiveAnswer answer = ask(A100).orElseThrow();
    assertThat(answer.settled()).isFalse();
    assertThat(answer.prediction().method()).isEqualTo(Method.FALLBACK);
    assertThat(answer.prediction().confidence()).isCloseTo(0.75 * 100 / 110, within(1e-12));
  }

  @Test
  void aFewExecutionsOfJustThatBeatManyOfOtherHardware() {
    report(H100, 1_000, 100);
    report(A100, 10, 5);

    Prediction prediction = ask(A100).orElseThrow().prediction();
    assertThat(prediction.method()).isEqualTo(Method.LIVE);
    assertThat(prediction.distribution().quantile(0.5)).isCloseTo(10, within(1e-9));
  }

  @Test
  void widensStepByStep() {
    ModelIdentity otherVersion = new ModelIdentity("gpt", "", "A100", "vllm", "2");
    report(otherVersion, 20, 50);
    report(H100, 1_000, 50);
    report(A100, 10, 2);

    Prediction prediction = ask(A100).orElseThrow().prediction();
    assertThat(prediction.method()).isEqualTo(Method.FALLBACK);
    assertThat(prediction.distribution().quantile(0.99)).isLessThan(100);
  }

  @Test
  void whatIsNotAskedForIsMixed() {
    report(A100, 10, 50);
    report(H100, 30, 50);

    LiveAnswer answer = ask(ModelIdentity.ofType("gpt")).orElseThrow();
    assertThat(answer.settled()).isTrue();
    assertThat(answer.prediction().method()).isEqualTo(Method.LIVE);
    assertThat(answer.prediction().mean()).isCloseTo(20, within(1e-9));
    assertThat(answer.prediction().confidence()).isCloseTo(100 / 110.0, within(1e-12));
  }

  @Test
  void typeAndNameMayBeReportedJoined() {
    report(A100.withType("gpt-turbo"), 10, 30);

    ModelIdentity asked = new ModelIdentity("gpt", "turbo", "A100", "vllm", "1");
    assertThat(ask(asked).orElseThrow().prediction().mean()).isCloseTo(10, within(1e-9));
  }

  @Test
  void anotherTypeOfModelIsNoHelp() {
    report(A100, 10, 30);

    assertThat(ask(ModelIdentity.ofType("other"))).isEmpty();
  }

  @Test
  void forgetsTheKeyNotUsedForLongestBeyondTheBound() {
    for (String type : List.of("a", "b", "c", "d")) {
      report(ModelIdentity.ofType(type), 10, 30);
    }
    ask(ModelIdentity.ofType("a"));
    report(ModelIdentity.ofType("e"), 10, 30);

    assertThat(live.models())
        .extracting(model -> model.identity().type())
        .containsExactlyInAnyOrder("a", "c", "d", "e");
    assertThat(ask(ModelIdentity.ofType("b"))).isEmpty();
    assertThat(ask(ModelIdentity.ofType("a"))).isPresent();
  }

  @Test
  void remembersABoundedNumberOfReports() {
    RecentIds ids = new RecentIds(3);
    for (int i = 0; i < 4; i++) {
      assertThat(ids.add("t" + i, 1)).isTrue();
    }

    assertThat(ids.add("t3", 1)).isFalse();
    assertThat(ids.add("t0", 1)).as("forgotten").isTrue();
  }

  @Test
  void refusesTimesThatAreNone() {
    for (double time : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatIllegalArgumentException().isThrownBy(() -> execution("t", 1, A100, time));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> execution("t", 1, ModelIdentity.ofType(""), 1));
  }

  @Test
  void manyThreadsReportAndPredictAtOnce() throws Exception {
    int threads = 8;
    int each = 2_000;
    try (ExecutorService executor = Executors.newFixedThreadPool(2 * threads)) {
      List<Future<Integer>> reporters = new ArrayList<>();
      List<Future<Boolean>> askers = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        // Two threads share each range of ids: of every pair of reports one counts.
        int range = t / 2;
        reporters.add(executor.submit(() -> reportAll(range, each)));
        askers.add(executor.submit(() -> askAll(each)));
      }
      int accepted = 0;
      for (Future<Integer> reporter : reporters) {
        accepted += reporter.get(15, TimeUnit.SECONDS);
      }
      assertThat(accepted).isEqualTo(threads / 2 * each);
      for (Future<Boolean> asker : askers) {
        assertThat(asker.get(15, TimeUnit.SECONDS)).as("every answer was right").isTrue();
      }
    }
    assertThat(live.models()).containsExactly(new ModelCount(A100, RecentExecutions.WINDOW));
  }

  private boolean askAll(int times) {
    boolean right = true;
    for (int i = 0; i < times; i++) {
      right &=
          ask(A100)
              .filter(LiveAnswer::settled)
              .map(answer -> Math.abs(answer.prediction().mean() - 10) < 1e-6)
              .orElse(true);
    }
    return right;
  }

  private int reportAll(int range, int each) {
    int accepted = 0;
    for (int i = 0; i < each; i++) {
      accepted += live.learn(execution("r" + range + "-" + i, 1, A100, 10)) ? 1 : 0;
    }
    return accepted;
  }

  private void report(ModelIdentity identity, double milliseconds, int times) {
    for (int i = 0; i < times; i++) {
      assertThat(live.learn(execution("task-" + reported++, 1, identity, milliseconds))).isTrue();
    }
  }

  private Optional<LiveAnswer> ask(ModelIdentity identity) {
    return live.predict(new Query(identity, Features.NONE));
  }

  private static Execution execution(
      String taskId, int attempt, ModelIdentity identity, double milliseconds) {
    return new Execution(taskId, attempt, new Query(identity, Features.NONE), milliseconds);
  }
}
