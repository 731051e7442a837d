package io.swarmpilot.benchmark.simulate.replica;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.primitives.ImmutableLongArray;
import io.swarmpilot.benchmark.simulate.fleet.Faults;
import io.swarmpilot.benchmark.simulate.fleet.Fleet;
import io.swarmpilot.benchmark.simulate.latency.LatencyTable;
import io.swarmpilot.benchmark.simulate.trace.TraceColumns;
import io.swarmpilot.benchmark.simulate.workload.Sampling;
import io.swarmpilot.benchmark.simulate.workload.Workload;
import io.swarmpilot.benchmark.simulate.workload.Workload.Sample;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A replica that reads 512 tokens in 100 ms and 1,024 in 200 ms, and generates a token in 10 ms
/// alone, in 20 ms in a batch of two.
final class SiteTest {
  private static final long MS = 1_000_000;
  private final List<Notice> notices = new ArrayList<>();
  private final List<String> told = new ArrayList<>();

  @Test
  void oneSlotRunsOneTaskAfterTheOther() {
    Site site = site(1, 0, "");
    site.give(0, 0, 0, notices);
    site.give(0, 1, 0, notices);
    play(site, 0);
    assertThat(told)
        .containsExactly(
            "0 STARTED 0",
            "100 FIRST_TOKEN 0",
            "200 ENDED 0",
            "200 STARTED 1",
            "400 FIRST_TOKEN 1",
            "600 ENDED 1");
  }

  @Test
  void aBatchStandsStillWhileAPromptIsReadAndThenGoesSlower() {
    Site site = site(2, 0, "");
    site.give(0, 0, 0, notices);
    site.give(0, 1, 0, notices);
    play(site, 0);
    // From 300 on both generate: task 0 ends after 10 steps of 20 ms, task 1 after 10 more of 10.
    assertThat(told)
        .containsExactly(
            "0 STARTED 0",
            "0 STARTED 1",
            "100 FIRST_TOKEN 0",
            "300 FIRST_TOKEN 1",
            "500 ENDED 0",
            "600 ENDED 1");
  }

  @Test
  void aTaskThatComesInBetweenSlowsWhatIsLeft() {
    Site site = site(2, 0, "");
    site.give(0, 0, 0, notices);
    play(site, 0, 150);
    site.give(0, 1, 150 * MS, notices);
    play(site, 150);
    // Five steps were done at 150; reading takes until 350; five steps of 20 ms until 450; the
    // other 15 of task 1 take 10 ms each.
    assertThat(told)
        .containsExactly(
            "0 STARTED 0",
            "100 FIRST_TOKEN 0",
            "150 STARTED 1",
            "350 FIRST_TOKEN 1",
            "450 ENDED 0",
            "600 ENDED 1");
  }

  @Test
  void cachedBlocksAreNotReadAgain() {
    Site site = site(1, 4, "");
    site.give(0, 1, 0, notices);
    play(site, 0);
    site.give(0, 2, 400 * MS, notices);
    play(site, 400);
    // Task 2 shares the first of its two blocks with task 1.
    assertThat(told)
        .containsExactly(
            "0 STARTED 1",
            "200 FIRST_TOKEN 1",
            "400 ENDED 1",
            "400 STARTED 2",
            "500 FIRST_TOKEN 2",
            "600 ENDED 2");
    assertThat(site.cachedTokens()).isEqualTo(512);
  }

  @Test
  void theLeastRecentlyUsedBlockGoes() {
    BlockCache cache = new BlockCache(2);
    assertThat(cache.use(ImmutableLongArray.of(1, 2))).isZero();
    assertThat(cache.use(ImmutableLongArray.of(1, 3))).isEqualTo(1);
    assertThat(cache.use(ImmutableLongArray.of(1, 2))).isEqualTo(1);
    assertThat(cache.use(ImmutableLongArray.of(1, 2))).isEqualTo(2);
  }

  @Test
  void aSlowReplicaTakesLonger() {
    Site site = site(1, 0, "slow:1:3");
    site.give(0, 0, 0, notices);
    play(site, 0);
    assertThat(told).containsExactly("0 STARTED 0", "300 FIRST_TOKEN 0", "600 ENDED 0");
  }

  @Test
  void aRestartForgets() {
    Site site = site(1, 0, "");
    site.give(0, 0, 0, notices);
    site.restart(0, 50 * MS);
    assertThat(site.next()).isEqualTo(Site.NEVER);
    assertThat(site.held(0)).isZero();
    assertThat(site.isReady(0)).isTrue();
  }

  private void play(Site site, long from) {
    play(site, from, Long.MAX_VALUE / MS);
  }

  /// Lets happen what does up to a moment, and tells it; what has been noticed before, as of
  /// `from`.
  private void play(Site site, long from, long until) {
    tell(from);
    while (site.next() != Site.NEVER && site.next() <= until * MS) {
      long at = site.next();
      site.happen(notices);
      tell(at / MS);
    }
  }

  private void tell(long ms) {
    notices.forEach(notice -> told.add(ms + " " + notice.what() + " " + notice.task()));
    notices.clear();
  }

  private static Site site(int slots, int cacheBlocks, String faults) {
    LatencyTable table = new LatencyTable("test");
    LatencyTable.Key key = new LatencyTable.Key("m", "h", 1);
    table.add(key, 512, 1, 100, 10);
    table.add(key, 1_024, 1, 200, 10);
    table.add(key, 512, 2, 150, 20);
    Fleet fleet = Fleet.parse("h:1", "m", table, slots, cacheBlocks);
    TraceColumns columns = new TraceColumns("test");
    columns.add(1, 0, 512, 10, 0, ImmutableLongArray.of(7));
    columns.add(2, 0, 1_024, 20, 0, ImmutableLongArray.of(1, 2));
    columns.add(3, 0, 1_024, 10, 0, ImmutableLongArray.of(1, 3));
    Workload tasks =
        Workload.of(columns.build(false), 0, new Sample(Sampling.REPLAYED, 3, 0), fleet, 1, 1);
    return new Site(fleet, Faults.parse(faults), tasks);
  }
}
