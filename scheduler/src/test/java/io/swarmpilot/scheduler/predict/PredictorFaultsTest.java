package io.swarmpilot.scheduler.predict;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ManagedChannel;
import io.swarmpilot.proto.predictor.v1.Distribution;
import io.swarmpilot.runtime.error.Violations;
import io.swarmpilot.runtime.grpc.MeshChannels;
import io.swarmpilot.runtime.grpc.MeshServer;
import io.swarmpilot.runtime.time.MeshClock;
import io.swarmpilot.scheduler.core.Estimate;
import io.swarmpilot.scheduler.core.Estimates;
import io.swarmpilot.scheduler.core.PredictMode;
import io.swarmpilot.scheduler.core.Target;
import io.swarmpilot.scheduler.payload.FeatureReader;
import io.swarmpilot.scheduler.testing.ScriptedPredictor;
import io.swarmpilot.scheduler.testing.ScriptedPredictor.Behaviour;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever a predictor does, there is an estimate, and it says where it comes from.
final class PredictorFaultsTest {
  private static final Target CPU = new Target("cpu", "", "");
  private static final Target GPU = new Target("gpu", "", "");
  private static final Duration SHORT = Duration.ofMillis(20);
  private static final Duration LONG = Duration.ofSeconds(5);

  private final ScriptedPredictor predictor = new ScriptedPredictor();
  private final String name = UUID.randomUUID().toString();
  private MeshServer server;
  private ManagedChannel channel;
  private final SetClock clock = new SetClock();
  private int asked;

  @BeforeEach
  void start() throws IOException {
    server = MeshServer.builder().service(predictor).inProcess(name).build().start();
    channel = MeshChannels.inProcess(name);
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    server.close();
  }

  static Stream<Distribution> malformed() {
    return Stream.of(
        good().setMeanMs(Double.NaN).build(),
        good().setMeanMs(-5).build(),
        good().setMeanMs(Double.POSITIVE_INFINITY).build(),
        good().setMeanMs(1e300).build(),
        good().setStdMs(Double.NaN).build(),
        good().setStdMs(-1).build(),
        good().setStdMs(Double.POSITIVE_INFINITY).build(),
        quantiles(List.of(0.5, 0.25), List.of(1.0, 2.0)),
        quantiles(List.of(0.5, 0.5), List.of(1.0, 2.0)),
        quantiles(List.of(0.5, 0.9), List.of(2.0, 1.0)),
        quantiles(List.of(0.5, 0.9), List.of(1.0)),
        quantiles(List.of(0.5), List.of()),
        quantiles(List.of(), List.of(1.0)),
        quantiles(List.of(0.5, 0.9), List.of(1.0, Double.NaN)),
        quantiles(List.of(0.5, 0.9), List.of(1.0, Double.POSITIVE_INFINITY)),
        quantiles(List.of(0.5, 0.9), List.of(1.0, 1e300)),
        quantiles(List.of(0.5, 0.9), List.of(-1.0, 2.0)),
        quantiles(List.of(Double.NaN, 0.9), List.of(1.0, 2.0)),
        quantiles(List.of(-0.1, 0.9), List.of(1.0, 2.0)),
        quantiles(List.of(0.5, 1.1), List.of(1.0, 2.0)),
        quantiles(Collections.nCopies(2_000, 0.5), Collections.nCopies(2_000, 1.0)));
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void whatIsNoDistributionIsNoAnswer(Distribution distribution) {
    predictor.answering(distribution);
    Predictions predictions = predictions(LONG);
    Estimates estimates = estimate(predictions, CPU, GPU);
    assertStandIn(estimates.on(CPU), "prior", 1_000);
    assertStandIn(estimates.on(GPU), "prior", 1_000);
    assertStandIn(estimates.otherwise(), "prior", 1_000);
    assertThat(predictions.faults().fallbacks()).as("one task").isEqualTo(1);
    assertThat(predictions.faults().malformed()).isEqualTo(1);
    predictions.record("m", CPU, 40);
    assertStandIn(estimate(predictions, CPU).on(CPU), "statistics", 40);
    assertThat(predictions.faults().fallbacks()).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"ANSWER", "HOLD"})
  void howeverItFailsThereIsAnEstimate(Behaviour behaviour) {
    predictor.behaving(behaviour);
    Predictions predictions = predictions(behaviour == Behaviour.NEVER_ANSWER ? SHORT : LONG);
    assertStandIn(estimate(predictions, CPU, GPU).on(GPU), "prior", 1_000);
    PredictorFaults faults = predictions.faults();
    assertThat(faults.fallbacks()).isEqualTo(1);
    assertThat(faults.failed() + faults.malformed() + faults.late()).isPositive();
  }

  @Test
  void aPredictorThatIsNotThereIsNotAskedForLong() {
    server.close();
    Predictions predictions = predictions(LONG);
    for (int i = 0; i < 40; i++) {
      assertStandIn(estimate(predictions, CPU).on(CPU), "prior", 1_000);
    }
    assertThat(predictions.faults().fallbacks()).isEqualTo(40);
    assertThat(predictions.faults().failed()).isBetween(5L, 39L);
    assertThat(predictions.faults().skipped()).isEqualTo(40 - predictions.faults().failed());
  }

  @Test
  void aPredictorThatIsBackIsAskedAgainOneCallAtFirst() {
    Predictions predictions = new Predictions(channel, LONG, clock);
    predictor.behaving(Behaviour.FAIL);
    for (int i = 0; i < 10; i++) {
      assertStandIn(estimate(predictions, CPU).on(CPU), "prior", 1_000);
    }
    assertThat(predictor.calls()).as("the breaker opens").isEqualTo(5);
    clock.advance(Duration.ofMillis(1_001));
    estimate(predictions, CPU);
    estimate(predictions, CPU);
    assertThat(predictor.calls()).as("one try a second").isEqualTo(6);
    predictor.behaving(Behaviour.ANSWER);
    assertStandIn(estimate(predictions, CPU).on(CPU), "prior", 1_000);
    clock.advance(Duration.ofMillis(1_001));
    for (int i = 0; i < 3; i++) {
      assertThat(estimate(predictions, CPU).on(CPU).method()).isEqualTo("model");
    }
    assertThat(predictor.calls()).isEqualTo(9);
  }

  @Test
  void anAnswerThatComesTooLateServesTheNextTask() throws InterruptedException {
    predictor.behaving(Behaviour.HOLD);
    Predictions predictions = new Predictions(channel, Duration.ofMillis(500), clock);
    assertStandIn(same(predictions).on(CPU), "prior", 1_000);
    assertThat(predictions.faults().late()).isOne();
    CompletableFuture<Estimates> waiting = ask(predictions, "m", 3, CPU);
    assertThat(waiting).isNotDone();
    predictor.release();
    assertThat(waiting.orTimeout(10, TimeUnit.SECONDS).join().on(CPU).fallback()).isFalse();
    assertThat(same(predictions).on(CPU).method()).isEqualTo("model");
    assertThat(predictor.calls()).as("one call for the three").isOne();
    assertThat(predictions.faults().late()).isOne();
  }

  @Test
  void aBoundedNumberOfCallsIsOnTheWay() throws InterruptedException {
    predictor.behaving(Behaviour.HOLD);
    Predictions predictions = predictions(LONG);
    CompletableFuture<Estimates> first = ask(predictions, "m0", 1, CPU);
    for (int i = 1; i < 1_024; i++) {
      CompletableFuture<Estimates> _ = ask(predictions, "m" + i, 1, CPU);
    }
    assertThat(predictions.faults().skipped()).isZero();
    assertStandIn(estimate(predictions, "one too many", CPU).on(CPU), "prior", 1_000);
    assertThat(predictions.faults().skipped()).isOne();
    predictor.release();
    assertThat(answered(first).on(CPU).method()).isEqualTo("model");
    CompletableFuture<Estimates> _ = ask(predictions, "in its place", 1, CPU);
    assertThat(predictions.faults().skipped()).isOne();
  }

  @Test
  void anAnswerIsForgottenAfterASecond() {
    Predictions predictions = new Predictions(channel, LONG, clock);
    same(predictions);
    predictor.answering(good().setMeanMs(70).build());
    assertThat(same(predictions).on(CPU).time().mean()).isEqualTo(100);
    clock.advance(Duration.ofMillis(1_001));
    assertThat(same(predictions).on(CPU).time().mean()).isEqualTo(70);
    assertThat(predictor.calls()).isEqualTo(2);
  }

  @Test
  void quantilesThatCrossALittleArePutInOrder() {
    predictor.answering(quantiles(List.of(0.1, 0.5, 0.9), List.of(100.0, 95.0, 150.0)));
    Estimate estimate = estimate(predictions(LONG), CPU).on(CPU);
    assertThat(estimate.method()).isEqualTo("model");
    assertThat(estimate.fallback()).isFalse();
    assertThat(estimate.time().quantile(0.1)).isEqualTo(95);
    assertThat(estimate.time().quantile(0.5)).isEqualTo(100);
  }

  @Test
  void aGoodAnswerIsNoFallback() {
    Predictions predictions = predictions(LONG);
    Estimate estimate = estimate(predictions, CPU, GPU).on(GPU);
    assertThat(estimate.method()).isEqualTo("model");
    assertThat(estimate.fallback()).isFalse();
    PredictorFaults faults = predictions.faults();
    assertThat(
            faults.fallbacks()
                + faults.failed()
                + faults.malformed()
                + faults.late()
                + faults.skipped())
        .isZero();
  }

  @Test
  void aPredictorThatKnowsNothingCouldNotTell() {
    predictor.answering(good().setMeanMs(700).setMethod("prior").build());
    Predictions predictions = predictions(LONG);
    Estimate estimate = estimate(predictions, CPU).on(CPU);
    assertStandIn(estimate, "prior", 700);
    assertThat(predictions.faults().failed()).as("it answered").isZero();
    predictions.record("m", CPU, 40);
    assertStandIn(estimate(predictions, CPU).on(CPU), "statistics", 40);
  }

  @Test
  void aNewKindOfInstanceStartsFromWhatWasSeenOfTheModel() {
    predictor.behaving(Behaviour.FAIL);
    Predictions predictions = predictions(LONG);
    predictions.record("m", CPU, 30);
    predictions.record("m", CPU, 50);
    Estimates estimates = estimate(predictions, CPU, GPU);
    assertStandIn(estimates.on(GPU), "statistics", 40);
    assertStandIn(estimates.on(new Target("registered since", "", "")), "statistics", 40);
    assertStandIn(estimate(predictions, "unseen", CPU).on(CPU), "prior", 1_000);
  }

  @Test
  void executionsOfNoTimeTellNothing() {
    predictor.behaving(Behaviour.FAIL);
    Predictions predictions = predictions(LONG);
    predictions.record("m", CPU, 30);
    for (double bad : new double[] {Double.NaN, -1, Double.POSITIVE_INFINITY, 1e300}) {
      predictions.record("m", CPU, bad);
    }
    assertStandIn(estimate(predictions, CPU).on(CPU), "statistics", 30);
  }

  @Test
  void aTimeTheCallerClaimsBeyondBeliefIsNotTaken() {
    assertThat(
            FeatureReader.read("{\"server_time_cost\": 1e300}", "{}", "m", new Violations())
                .features()
                .knownMs())
        .isEmpty();
  }

  private static void assertStandIn(Estimate estimate, String method, double mean) {
    assertThat(estimate.method()).isEqualTo(method);
    assertThat(estimate.fallback()).isTrue();
    assertThat(estimate.time().mean()).isEqualTo(mean);
    assertThat(estimate.time().error()).isPositive();
  }

  private static Distribution.Builder good() {
    return ScriptedPredictor.GOOD.toBuilder();
  }

  private static Distribution quantiles(List<Double> probabilities, List<Double> values) {
    return good().addAllQuantiles(probabilities).addAllValuesMs(values).build();
  }

  private Predictions predictions(Duration budget) {
    return new Predictions(channel, budget, MeshClock.system());
  }

  private Estimates estimate(Predictions predictions, Target... targets) {
    return estimate(predictions, "m", targets);
  }

  /// Every question differs from those before, so that no answer is remembered.
  private Estimates estimate(Predictions predictions, String model, Target... targets) {
    return answered(ask(predictions, model, 1L << asked++, targets));
  }

  /// The same question every time.
  private static Estimates same(Predictions predictions) {
    return answered(ask(predictions, "m", 3, CPU));
  }

  private static Estimates answered(CompletableFuture<Estimates> answer) {
    return answer.orTimeout(10, TimeUnit.SECONDS).join();
  }

  private static CompletableFuture<Estimates> ask(
      Predictions predictions, String model, long feature, Target... targets) {
    CompletableFuture<Estimates> answer = new CompletableFuture<>();
    predictions.estimate(
        model,
        PredictMode.DEFAULT,
        FeatureReader.read("{\"n\": " + feature + "}", "{}", "m", new Violations()).features(),
        List.of(targets),
        answer::complete);
    return answer;
  }

  /// Time passes when the test says so; the budget of a question is real time.
  private static final class SetClock implements MeshClock {
    private final AtomicLong nanos = new AtomicLong();

    void advance(Duration by) {
      nanos.addAndGet(by.toNanos());
    }

    @Override
    public long nanos() {
      return nanos.get();
    }

    @Override
    public double unixSeconds() {
      return nanos.get() / 1e9;
    }
  }
}
