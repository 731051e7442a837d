package io.swarmpilot.benchmark.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.swarmpilot.benchmark.simulate.information.Information;
import io.swarmpilot.benchmark.simulate.measure.Row;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The simulator against waits that are known in closed form.
final class QueueingTheoryTest {
  private static final int REQUESTS = 160_000;
  private static final int SEEDS = 4;
  private static final double LOAD = 0.85;
  private static final double SERVICE_S = 1;

  @ParameterizedTest
  @ValueSource(ints = {8, 32})
  void oneQueueInOrderOfArrivalWaitsAsErlangSays(int replicas) {
    double expected = erlangC(replicas, LOAD * replicas) * SERVICE_S / (replicas * (1 - LOAD));
    assertThat(wait("fifo", replicas)).isCloseTo(expected, withinPercentage(6));
  }

  @Test
  void replicasDrawnAtRandomWaitAsSingleServersDo() {
    double expected = LOAD / (1 - LOAD) * SERVICE_S;
    assertThat(wait("random", 8)).isCloseTo(expected, withinPercentage(6));
  }

  @Test
  void theReferenceOfOneQueueIsTheProductionPolicyOfOneQueue() {
    Setup setup =
        Lab.setup(Lab.exponential(20_000, 1), Lab.fleet("fast:8"), Information.NONE, LOAD);
    Row production = Lab.run("fifo", setup);
    Row reference = Lab.run("fcfs_pooled", setup);
    assertThat(production.meanS()).isEqualTo(reference.meanS());
    assertThat(production.slowdownP99()).isEqualTo(reference.slowdownP99());
  }

  @Test
  void pushingWithExactKnowledgeEqualsOneQueue() {
    Setup setup =
        Lab.setup(Lab.exponential(20_000, 2), Lab.fleet("fast:8"), Information.ORACLE, LOAD);
    Row pushed = Lab.run("shortest_queue", setup);
    Row pooled = Lab.run("fcfs_pooled", setup);
    // Estimates are in ms, replicas end in whole ns: two that are free at the same ns may swap.
    assertThat(pushed.meanS()).isCloseTo(pooled.meanS(), withinPercentage(1e-4));
    assertThat(pushed.p99S()).isCloseTo(pooled.p99S(), withinPercentage(1e-4));
    assertThat(pushed.slowdownMean()).isCloseTo(pooled.slowdownMean(), withinPercentage(1e-4));
  }

  @Test
  void nothingBeatsTheClairvoyantOnTheMean() {
    Setup setup =
        Lab.setup(Lab.exponential(20_000, 3), Lab.fleet("fast:4"), Information.ORACLE, 0.9);
    double bound = Lab.run("clairvoyant_srpt", setup).meanS();
    assertThat(Lab.run("srpt", setup).meanS()).isGreaterThan(bound);
    assertThat(Lab.run("proportional_deadline", setup).meanS()).isGreaterThan(bound);
    assertThat(Lab.run("fifo", setup).meanS()).isGreaterThan(1.5 * bound);
  }

  private static double wait(String policy, int replicas) {
    return LongStream.rangeClosed(1, SEEDS)
        .mapToObj(seed ->
            Lab.run(
                policy,
                Lab.setup(
                    Lab.exponential(REQUESTS, seed),
                    Lab.fleet("fast:" + replicas),
                    Information.NONE,
                    LOAD)))
        .mapToDouble(row -> row.meanS() - SERVICE_S)
        .average()
        .orElseThrow();
  }

  /// Probability to wait with so many servers and so much work offered.
  private static double erlangC(int servers, double offered) {
    double blocked = 1;
    for (int n = 1; n <= servers; n++) {
      blocked = offered * blocked / (n + offered * blocked);
    }
    double busy = offered / servers;
    return blocked / (1 - busy + busy * blocked);
  }
}
