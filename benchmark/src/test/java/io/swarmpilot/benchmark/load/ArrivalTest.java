package io.swarmpilot.benchmark.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.google.common.primitives.ImmutableLongArray;
import io.swarmpilot.benchmark.prompts.Prompt;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArrivalTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void theSameSeedIsTheSameSchedule() {
    Arrival.Open arrival = new Arrival.Open(new Spacing.Gamma(0.5), new Rate.Steady(100));
    assertThat(times(arrival.schedule(7), 1_000)).isEqualTo(times(arrival.schedule(7), 1_000));
    assertThat(times(arrival.schedule(7), 10)).isNotEqualTo(times(arrival.schedule(8), 10));
  }

  @Test
  void evenRequestsDoNotDrift() {
    List<Long> times =
        times(new Arrival.Open(Spacing.EVEN, new Rate.Steady(3)).schedule(1), 300_001);
    assertThat(times.getFirst()).isZero();
    assertThat(times.getLast()).isCloseTo(100_000 * SECOND, within(1_000L));
  }

  @ParameterizedTest
  @CsvSource({"0.25", "1", "4"})
  void gammaHasItsRateAndItsBurstiness(double shape) {
    List<Long> times =
        times(new Arrival.Open(new Spacing.Gamma(shape), new Rate.Steady(1)).schedule(3), 100_001);
    double[] gaps = new double[100_000];
    for (int i = 0; i < gaps.length; i++) {
      gaps[i] = (times.get(i + 1) - times.get(i)) / (double) SECOND;
    }
    double mean = Arrays.stream(gaps).average().orElse(0);
    double variance =
        Arrays.stream(gaps).map(gap -> (gap - mean) * (gap - mean)).average().orElse(0);
    assertThat(mean).isCloseTo(1, withinPercentage(3));
    assertThat(variance).isCloseTo(1 / shape, withinPercentage(8));
  }

  @Test
  void aRampGoesFromOneRateToTheOther() {
    Rate ramp = new Rate.Ramp(10, 30, Duration.ofSeconds(10));
    assertThat(ramp.timeOf(200)).isCloseTo(10, within(1e-9));
    // After 5 s at 10 to 20 a second: 75 requests.
    assertThat(ramp.timeOf(75)).isCloseTo(5, within(1e-9));
    assertThat(ramp.timeOf(230)).isCloseTo(11, within(1e-9));
    assertThat(new Rate.Ramp(10, 10, Duration.ofSeconds(10)).timeOf(50)).isCloseTo(5, within(1e-9));
  }

  @Test
  void burstsKeepTheMeanRate() {
    Rate bursts = new Rate.Bursts(10, Duration.ofSeconds(1), Duration.ofSeconds(3));
    List<Long> times = times(new Arrival.Open(Spacing.EVEN, bursts).schedule(1), 4_000);
    assertThat(times).allMatch(time -> time % (4 * SECOND) <= SECOND + 1_000);
    assertThat(times.getLast()).isBetween(396 * SECOND, 400 * SECOND);
    assertThat(bursts.most()).isEqualTo(40);
  }

  @Test
  void aTraceIsReplayedInItsTime() {
    Arrival.Replay replay =
        Arrival.Replay.of(ImmutableLongArray.of(5 * SECOND, 6 * SECOND, 9 * SECOND), 0.5);
    assertThat(times(replay.schedule(), 4))
        .containsExactly(0L, SECOND / 2, 2 * SECOND, Schedule.NONE);
  }

  @Test
  void partsAreTheWholeTogether() {
    LoadPlan plan =
        LoadPlan.of(
            Aim.at(Api.OPENAI_CHAT, "m", "host:1"),
            Arrival.Replay.of(
                ImmutableLongArray.copyOf(LongStream.range(0, 10).map(i -> i * SECOND)), 1),
            Phases.of(Duration.ofSeconds(10)),
            (_, _) -> Prompt.of("x"));
    Arrival.Replay first = (Arrival.Replay) plan.part(0, 2).arrival();
    Arrival.Replay second = (Arrival.Replay) plan.part(1, 2).arrival();
    assertThat(times(first.schedule(), 6))
        .containsExactly(0L, 2 * SECOND, 4 * SECOND, 6 * SECOND, 8 * SECOND, Schedule.NONE);
    assertThat(times(second.schedule(), 2)).containsExactly(SECOND, 3 * SECOND);
    LoadPlan open = plan.withArrival(new Arrival.Open(Spacing.POISSON, new Rate.Steady(30)));
    assertThat(((Arrival.Open) open.part(2, 3).arrival()).rate()).isEqualTo(new Rate.Steady(10));
    assertThat(open.part(1, 3).seed()).isNotEqualTo(open.part(2, 3).seed());
  }

  @Test
  void refusesWhatCannotBe() {
    assertThatThrownBy(() -> new Rate.Steady(0)).hasMessageContaining("rate");
    assertThatThrownBy(() -> new Rate.Steady(Double.NaN)).hasMessageContaining("rate");
    assertThatThrownBy(() -> new Spacing.Gamma(0)).hasMessageContaining("burstiness");
    assertThatThrownBy(() -> Arrival.Closed.of(0)).hasMessageContaining("users");
    assertThatThrownBy(() -> Arrival.Replay.of(ImmutableLongArray.of(), 1))
        .hasMessageContaining("empty");
    assertThatThrownBy(() -> Phases.of(Duration.ZERO)).hasMessageContaining("duration");
    assertThatThrownBy(() -> Aim.at(Api.OPENAI_CHAT, "m")).hasMessageContaining("no server");
    assertThatThrownBy(() -> Aim.at(Api.OPENAI_CHAT, "", "h:1")).hasMessageContaining("model");
    assertThatThrownBy(() -> Aim.at(Api.OPENAI_CHAT, "m", "ftp://h")).hasMessageContaining("ftp");
    assertThatThrownBy(() -> Api.parse("soap")).hasMessageContaining("openai-chat");
  }

  private static List<Long> times(Schedule schedule, int count) {
    return LongStream.generate(schedule::next).limit(count).boxed().toList();
  }
}
