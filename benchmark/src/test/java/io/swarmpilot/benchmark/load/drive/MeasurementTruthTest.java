package io.swarmpilot.benchmark.load.drive;

import static io.swarmpilot.benchmark.load.drive.Truth.even;
import static io.swarmpilot.benchmark.load.drive.Truth.ms;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.swarmpilot.benchmark.load.Aim;
import io.swarmpilot.benchmark.load.Api;
import io.swarmpilot.benchmark.load.Arrival;
import io.swarmpilot.benchmark.load.Ending;
import io.swarmpilot.benchmark.load.Limits;
import io.swarmpilot.benchmark.load.Phases;
import io.swarmpilot.benchmark.measure.Count;
import io.swarmpilot.benchmark.measure.Measurement;
import io.swarmpilot.benchmark.measure.Metric;
import io.swarmpilot.benchmark.measure.Series;
import io.swarmpilot.benchmark.measure.Slo;
import io.swarmpilot.benchmark.mock.Freeze;
import io.swarmpilot.benchmark.mock.MockScript;
import io.swarmpilot.benchmark.mock.MockScript.Faults;
import io.swarmpilot.benchmark.mock.MockScript.SlowStart;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What is measured of servers whose truth is scripted is that truth, over the wire.
class MeasurementTruthTest {
  /// A sixth of the run frozen, as 10 s of 60 s: scaled to 4.8 s.
  private static final MockScript FREEZES =
      MockScript.FAST
          .withTimes(1, Duration.ZERO, Duration.ZERO)
          .withFreezes(new Freeze(ms(3_500), ms(800)));

  private static final Phases FREEZE_RUN = new Phases(ms(1_500), ms(4_800), Duration.ZERO);

  /// What a JVM does once is no part of any truth.
  @BeforeAll
  static void warmUp() {
    Measurement _ =
        Truth.measure(MockScript.FAST, Api.OPENAI_CHAT, Arrival.Closed.of(4), Phases.of(ms(1_000)));
  }

  @Test
  void aFreezeShowsInTheOpenLoop() {
    Measurement open = Truth.measure(FREEZES, Api.OPENAI_CHAT, even(30), FREEZE_RUN);
    // Of 144 requests 24 wait for the end of the freeze, evenly from 0 to 800 ms; the last but one
    // of
    // all waits about 767 ms.
    assertThat(open.series(Metric.RESPONSE).quantileMs(0.99)).isBetween(730.0, 1_000.0);
    assertThat(open.count(Count.ATTEMPTED)).isEqualTo(144);
  }

  @Test
  void theClosedLoopHidesWhatTheFreezeCost() {
    Measurement closed =
        Truth.measure(FREEZES, Api.OPENAI_CHAT, new Arrival.Closed(1, ms(10)), FREEZE_RUN);
    // One request of some hundreds saw it: its user asked for nothing meanwhile.
    assertThat(closed.series(Metric.RESPONSE).quantileMs(0.99)).isLessThan(400);
    assertThat(closed.series(Metric.RESPONSE).mostMs()).isGreaterThan(700);
  }

  @ParameterizedTest
  @EnumSource(names = {"OPENAI_CHAT", "OPENAI_COMPLETIONS", "OLLAMA_GENERATE"})
  void gapsOfAStreamAreEachMeasured(Api api) {
    MockScript script = MockScript.FAST.withTimes(51, ms(100), ms(20)).withStall(25, ms(1_000));
    Measurement measured =
        Truth.measure(script, api, new Arrival.Closed(2, Duration.ZERO), Phases.of(ms(1)));
    Series gaps = measured.series(Metric.GAP);
    assertThat(measured.series(Metric.FIRST_OUTPUT).quantileMs(0.5)).isBetween(100.0, 400.0);
    assertThat(gaps.count()).isEqualTo(2 * 50);
    assertThat(gaps.quantileMs(0.5)).isCloseTo(20, withinPercentage(5));
    assertThat(measured.series(Metric.STALL).mostMs()).isCloseTo(1_000, withinPercentage(5));
    // (49 · 20 ms + 1 s) / 50
    assertThat(measured.series(Metric.PER_TOKEN).quantileMs(0.5))
        .isCloseTo(39.6, withinPercentage(5));
    assertThat(measured.count(Count.OUTPUT_TOKENS) + measured.count(Count.GOOD_TOKENS))
        .isGreaterThanOrEqualTo(2 * 51);
  }

  @Test
  void goodputCountsFailures() {
    Measurement measured =
        Truth.end(
                MockScript.FAST.withFaults(new Faults(0.2, 503, 0.1, 0.1)),
                Truth.plan(Api.OPENAI_CHAT, even(200), Phases.of(ms(1_000)))
                    .withSlo(Slo.response(Duration.ofSeconds(20))))
            .measured();
    long failed = measured.count(Count.FAILED);
    assertThat(measured.count(Count.ATTEMPTED)).isEqualTo(200);
    assertThat(failed).isBetween(40L, 100L);
    assertThat(measured.count(Count.GOOD)).isEqualTo(200 - failed);
    assertThat(measured.goodShare()).isEqualTo((200 - failed) / 200.0);
    assertThat(measured.errors()).containsOnlyKeys("http_503", "in_stream", "truncated");
    assertThat(measured.errors().values().stream().mapToLong(Long::longValue).sum())
        .isEqualTo(failed);
    assertThat(measured.series(Metric.FAILED).count()).isEqualTo(failed);
    assertThat(measured.series(Metric.RESPONSE).count()).isEqualTo(200 - failed);
  }

  @Test
  void aSlowWarmUpDoesNotLeak() {
    MockScript script = MockScript.FAST.withSlowStart(new SlowStart(ms(400), ms(1_500)));
    Measurement measured =
        Truth.measure(
            script, Api.OPENAI_CHAT, even(100), new Phases(ms(1_000), ms(1_000), Duration.ZERO));
    assertThat(measured.count(Count.ATTEMPTED)).isEqualTo(100);
    assertThat(measured.series(Metric.RESPONSE).mostMs()).isLessThan(1_000);
  }

  @Test
  void whatWaitsForRoomCountsFromWhenItWasDue() {
    // One at a time, 100 ms each: the tenth of ten at once is answered after 1 s.
    MockScript script = MockScript.FAST.withTimes(1, ms(100), Duration.ZERO);
    RunSnapshot end =
        Truth.end(
            script,
            Truth.plan(Api.OPENAI_CHAT, even(1_000), new Phases(ms(0), ms(10), ms(1_500)))
                .withLimits(Limits.DEFAULT.withMaxInFlight(1).withMaxRequests(10)));
    assertThat(end.ending()).contains(Ending.REQUESTS);
    Measurement measured = end.measured();
    assertThat(measured.series(Metric.RESPONSE).mostMs()).isGreaterThan(980);
    assertThat(measured.series(Metric.SERVICE).quantileMs(0.5)).isLessThan(200);
    // Held by its own limit, the generator is not late.
    assertThat(measured.series(Metric.LAG).quantileMs(0.5)).isLessThan(50);
  }

  @Test
  void anUnreachableServerIsAFailureOfItsOwnClass() {
    Measurement measured;
    try (LoadGenerator generator = new LoadGenerator()) {
      measured =
          generator
              .start(
                  Truth.plan(Api.OPENAI_CHAT, even(50), Phases.of(ms(200)))
                      .withAim(Aim.at(Api.OPENAI_CHAT, "mock", "http://127.0.0.1:1")))
              .over()
              .join()
              .measured();
    }
    assertThat(measured.errors()).containsExactly(Map.entry("connect", 10L));
  }
}
