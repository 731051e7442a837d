package io.swarmpilot.scheduler.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmpilot.scheduler.policy.PolicyRegistry;
import io.swarmpilot.scheduler.policy.PolicySettings;
import io.swarmpilot.scheduler.policy.Priority;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The order of the seeds' policies against a plain sort.
final class SeedOrderTest {
  private static final PolicyRegistry REGISTRY = PolicyRegistry.discover(PolicySettings.DEFAULTS);
  private static final double NOW = RandomBatch.NOW;
  private static final int BATCHES = 1_000;

  private static final Comparator<RequestMetadata> BY_ARRIVAL =
      Comparator.comparingDouble(RequestMetadata::arrivalMs);
  private static final Comparator<RequestMetadata> BY_PRIORITY =
      Comparator.comparing(RequestMetadata::priority);

  /// The seeds' sort keys; the requests given to it come in the order of submission.
  private static final Map<String, Comparator<RequestMetadata>> SORTS =
      Map.of(
          "fifo", BY_ARRIVAL,
          "priority", BY_PRIORITY.thenComparing(BY_ARRIVAL),
          "cost_optimized",
              BY_PRIORITY
                  .thenComparingDouble(
                      r -> r.costBudget() == 0 ? Double.POSITIVE_INFINITY : r.costBudget())
                  .thenComparing(BY_ARRIVAL),
          "slo_aware",
              Comparator.comparing(SeedOrderTest::isExpired)
                  .thenComparing(r -> r.sloDeadlineMs() == 0)
                  .thenComparing(Comparator.comparingDouble(SeedOrderTest::urgency).reversed())
                  .thenComparingDouble(r -> r.arrivalMs() + r.sloDeadlineMs())
                  .thenComparing(BY_ARRIVAL));

  @ParameterizedTest
  @ValueSource(strings = {"fifo", "priority", "cost_optimized", "slo_aware"})
  void isThatOfAPlainSort(String policy) {
    for (long seed = 0; seed < BATCHES; seed++) {
      List<RequestMetadata> requests = RandomBatch.of(seed).requests();
      assertThat(order(policy, requests))
          .as("%s, seed %d", policy, seed)
          .isEqualTo(requests.stream().sorted(SORTS.get(policy)).toList());
    }
  }

  @Test
  void adaptiveSortsAsPriorityDoesButForExpiredRequests() {
    for (long seed = 0; seed < BATCHES; seed++) {
      List<RequestMetadata> requests = RandomBatch.of(seed).requests();
      List<RequestMetadata> inTime = requests.stream().filter(r -> !isExpired(r)).toList();
      assertThat(order("adaptive", inTime))
          .as("seed %d", seed)
          .isEqualTo(inTime.stream().sorted(SORTS.get("priority")).toList());
    }
  }

  @Test
  void anyObjectivesAreSortedByUrgencyWithinTheStatedBound() {
    for (long seed = 0; seed < BATCHES; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      List<RequestMetadata> requests = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        double slo = 10 * Math.pow(1e5, random.nextDouble());
        requests.add(
            RequestMetadata.builder("r" + i)
                .priority(Priority.of(random.nextInt(5)).orElseThrow())
                .sloDeadlineMs(slo)
                .arrivalMs(NOW - slo * random.nextDouble())
                .build());
      }
      List<RequestMetadata> order = order("slo_aware", requests);
      for (int i = 0; i < order.size(); i++) {
        double before = urgency(order.get(i));
        double after =
            order.stream().skip(i).mapToDouble(SeedOrderTest::urgency).max().orElseThrow();
        assertThat(after)
            .as("seed %d, place %d", seed, i)
            .isLessThanOrEqualTo(before + 0.18 * (1 - before));
      }
    }
  }

  private static List<RequestMetadata> order(String policy, List<RequestMetadata> requests) {
    return new BatchScheduler(REGISTRY, policy).prioritize(requests, NOW);
  }

  private static double urgency(RequestMetadata request) {
    return request.sloDeadlineMs() == 0
        ? 0
        : Math.min(1, (NOW - request.arrivalMs()) / request.sloDeadlineMs());
  }

  private static boolean isExpired(RequestMetadata request) {
    return request.sloDeadlineMs() > 0 && NOW - request.arrivalMs() >= request.sloDeadlineMs();
  }
}
