package io.swarmpilot.benchmark.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.primitives.ImmutableLongArray;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TallyTest {
  private static final long MS = 1_000_000;
  private static final long SECOND = 1_000 * MS;
  private static final Window WINDOW = Window.after(Duration.ofSeconds(10), Duration.ofSeconds(10));

  private final Tally tally = new Tally(WINDOW, Slo.response(Duration.ofMillis(500)));

  @Test
  void aRequestIsOfTheWindowInWhichItWasDue() {
    run(9_900, 9_900, 15_000);
    run(10_000, 10_000, 10_100);
    run(19_999, 19_999, 30_000);
    run(20_000, 20_000, 20_001);
    Measurement measured = tally.read(60 * SECOND);
    assertThat(measured.count(Count.ATTEMPTED)).isEqualTo(2);
    assertThat(measured.count(Count.GOOD)).isEqualTo(1);
    // The first ended within the window, the third did not.
    assertThat(measured.count(Count.FINISHED)).isEqualTo(2);
    assertThat(measured.seconds()).isEqualTo(10);
    assertThat(measured.throughput()).isEqualTo(0.2);
    assertThat(measured.series(Metric.RESPONSE).mostMs()).isCloseTo(10_001, within(10.0));
  }

  @Test
  void latencyCountsFromTheIntendedStart() {
    run(11_000, 11_400, 11_600);
    Measurement measured = tally.read(20 * SECOND);
    assertThat(measured.series(Metric.RESPONSE).mostMs()).isCloseTo(600, within(1.0));
    assertThat(measured.series(Metric.SERVICE).mostMs()).isCloseTo(200, within(1.0));
    assertThat(measured.series(Metric.LAG).mostMs()).isCloseTo(400, within(1.0));
    assertThat(measured.count(Count.GOOD)).isZero();
  }

  @Test
  void whatWasNeverSentFailed() {
    tally.dropped(12 * SECOND, 20 * SECOND);
    Measurement measured = tally.read(20 * SECOND);
    assertThat(measured.count(Count.ATTEMPTED)).isEqualTo(1);
    assertThat(measured.count(Count.DROPPED)).isEqualTo(1);
    assertThat(measured.errorShare()).isEqualTo(1);
    assertThat(measured.series(Metric.LAG).isEmpty()).isTrue();
  }

  @Test
  void requestsInFlightAreWeightedByTime() {
    // Two of them overlap from 12 to 14 s of a window from 10 to 20 s.
    tally.sent(8 * SECOND);
    tally.sent(12 * SECOND);
    tally.ended(outcome(8_000, 8_000, 14_000));
    tally.ended(outcome(12_000, 12_000, 16_000));
    Concurrency concurrency = tally.read(20 * SECOND).concurrency();
    assertThat(concurrency.mean()).isCloseTo(0.8, within(1e-9));
    assertThat(concurrency.most()).isEqualTo(2);
  }

  @Test
  void twoGeneratorsTogetherAreAsOne() {
    run(11_000, 11_000, 11_100);
    Measurement first = tally.read(20 * SECOND);
    Tally other = new Tally(WINDOW, Slo.NONE);
    other.sent(11 * SECOND);
    other.ended(outcome(11_000, 11_000, 13_000));
    other.dropped(12 * SECOND, 20 * SECOND);
    Measurement both = first.plus(other.read(20 * SECOND));
    assertThat(both.seconds()).isEqualTo(10);
    assertThat(both.count(Count.ATTEMPTED)).isEqualTo(3);
    assertThat(both.throughput()).isEqualTo(0.2);
    assertThat(both.series(Metric.RESPONSE).count()).isEqualTo(2);
    assertThat(both.timeline().slices().get(11).due()).isEqualTo(2);
    assertThat(both.timeline().slices().get(13).succeeded()).isEqualTo(1);
  }

  @Test
  void runsOneAfterTheOtherAddTheirTimes() {
    run(11_000, 11_000, 11_100);
    Measurement one = tally.read(20 * SECOND);
    Measurement twice = one.then(one);
    assertThat(twice.seconds()).isEqualTo(20);
    assertThat(twice.throughput()).isEqualTo(one.throughput());
    assertThat(twice.count(Count.SUCCEEDED)).isEqualTo(2);
  }

  @Test
  void aLongRunHasLongerSlicesNotMore() {
    for (int hour = 0; hour < 24; hour++) {
      run(hour * 3_600_000L, hour * 3_600_000L, hour * 3_600_000L + 5);
    }
    Timeline timeline = tally.read(86_400 * SECOND).timeline();
    assertThat(timeline.slices().size()).isLessThanOrEqualTo(Timeline.MOST_SLICES);
    assertThat(timeline.sliceSeconds()).isEqualTo(256);
    assertThat(timeline.slices().stream().mapToLong(Timeline.Slice::succeeded).sum()).isEqualTo(24);
  }

  private void run(long intended, long sent, long ended) {
    tally.sent(sent * MS);
    tally.ended(outcome(intended, sent, ended));
  }

  private static Outcome outcome(long intended, long sent, long ended) {
    return new Outcome(
        intended * MS,
        intended * MS,
        sent * MS,
        ended * MS,
        ImmutableLongArray.of(),
        Usage.counted(1),
        0,
        Optional.empty());
  }
}
