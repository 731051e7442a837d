package io.swarmpilot.scheduler.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.swarmpilot.scheduler.policy.Binding;
import io.swarmpilot.scheduler.policy.PolicyRegistry;
import io.swarmpilot.scheduler.policy.PolicySettings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What holds for every policy asked about a batch.
final class BatchSchedulerTest {
  private static final PolicyRegistry REGISTRY = PolicyRegistry.discover(PolicySettings.DEFAULTS);

  @ParameterizedTest
  @MethodSource("policies")
  void nothingToPlaceOrNowhereToPlaceIt(String policy) {
    List<RequestMetadata> requests = List.of(RequestMetadata.builder("r").build());
    assertThat(schedule(policy, List.of(), List.of(instance("i")), 0).decisions()).isEmpty();
    BatchResult nowhere = schedule(policy, requests, List.of(), 0);
    assertThat(nowhere.decisions()).isEmpty();
    assertThat(nowhere.unplaced()).containsExactly("r");
  }

  @ParameterizedTest
  @MethodSource("policies")
  void everyRequestIsInOneOfTheListsAndEveryDecisionIsValid(String policy) {
    for (long seed = 0; seed < 50; seed++) {
      RandomBatch batch = RandomBatch.of(seed);
      BatchResult result = schedule(policy, batch.requests(), batch.instances(), seed);
      List<String> seen = new ArrayList<>(result.unplaced());
      for (SchedulingDecision decision : result.decisions()) {
        seen.add(decision.requestId());
        assertValid(policy + ", seed " + seed + ", " + decision, policy, batch, decision);
      }
      assertThat(seen)
          .as("%s, seed %d", policy, seed)
          .containsExactlyInAnyOrderElementsOf(
              batch.requests().stream().map(RequestMetadata::requestId).toList());
      for (ExecutionInstance instance : batch.instances()) {
        assertFull(policy + ", seed " + seed + ", " + instance, batch, instance, result);
      }
    }
  }

  private static void assertValid(
      String what, String policy, RandomBatch batch, SchedulingDecision decision) {
    RequestMetadata request =
        batch.requests().stream()
            .filter(r -> r.requestId().equals(decision.requestId()))
            .findFirst()
            .orElseThrow();
    ExecutionInstance instance =
        batch.instances().stream()
            .filter(i -> i.instanceId().equals(decision.targetInstanceId()))
            .findFirst()
            .orElseThrow();
    assertThat(fits(request, instance)).as(what).isTrue();
    assertThat(instance.canAcceptRequest()).as(what).isTrue();
    assertThat(decision.strategy()).as(what).isEqualTo(policy);
    assertThat(decision.confidence()).as(what).isBetween(0.0, 1.0);
    assertThat(decision.estimatedCost()).as(what).isNotNegative().isFinite();
    assertThat(decision.estimatedLatencyMs()).as(what).isEqualTo(instance.avgLatencyMs());
    assertThat(decision.decisionTimeMs()).as(what).isEqualTo(RandomBatch.NOW);
    assertThat(decision.reason()).as(what).isNotEmpty();
    assertThat(decision.parallelismStrategy()).as(what).isEqualTo("tp");
    assertThat(decision.tensorParallelSize()).as(what).isEqualTo(instance.tensorParallelSize());
    assertThat(decision.pipelineParallelSize()).as(what).isEqualTo(instance.pipelineParallelSize());
  }

  /// It holds no more than it takes, and where it has room left nothing was left out that fits.
  private static void assertFull(
      String what, RandomBatch batch, ExecutionInstance instance, BatchResult result) {
    int given =
        (int)
            result.decisions().stream()
                .filter(d -> d.targetInstanceId().equals(instance.instanceId()))
                .count();
    assertThat(given == 0 || instance.accepts(given - 1)).as(what).isTrue();
    boolean leftOut =
        batch.requests().stream()
            .anyMatch(r -> fits(r, instance) && result.unplaced().contains(r.requestId()));
    assertThat(leftOut && instance.accepts(given)).as(what).isFalse();
  }

  private static boolean fits(RequestMetadata request, ExecutionInstance instance) {
    return instance.modelName().isEmpty()
        || request.modelName().isEmpty()
        || instance.modelName().equals(request.modelName());
  }

  @ParameterizedTest
  @MethodSource("byLoad")
  void aThousandEqualRequestsAreSharedEvenlyByTenEqualInstances(String policy) {
    double objective = Set.of("slo_aware", "adaptive").contains(policy) ? 100 : 0;
    List<RequestMetadata> requests =
        IntStream.range(0, 1_000)
            .mapToObj(i -> RequestMetadata.builder("r" + i).sloDeadlineMs(objective).build())
            .toList();
    for (int slots : new int[] {1, 4, 120}) {
      List<ExecutionInstance> instances =
          IntStream.range(0, 10)
              .mapToObj(i ->
                  ExecutionInstance.builder("i" + i)
                      .maxConcurrentRequests(120)
                      .slots(slots)
                      .avgLatencyMs(50)
                      .build())
              .toList();
      BatchResult result = schedule(policy, requests, instances, 0);
      Map<String, Long> shares =
          result.decisions().stream()
              .collect(
                  Collectors.groupingBy(
                      SchedulingDecision::targetInstanceId, Collectors.counting()));
      assertThat(shares).as("%s, %d slots", policy, slots).hasSize(10);
      assertThat(Collections.max(shares.values()) - Collections.min(shares.values()))
          .as("%s, %d slots: %s", policy, slots, shares)
          .isLessThanOrEqualTo(1);
      boolean late = REGISTRY.create(policy).binding() == Binding.LATE;
      assertThat(result.decisions())
          .as("%s, %d slots", policy, slots)
          .hasSize(Math.min(1_000, late ? 10 * slots : 1_000));
    }
  }

  @ParameterizedTest
  @MethodSource("policies")
  void theClockMayStandAnywhere(String policy) {
    for (long seed = 0; seed < 50; seed++) {
      RandomBatch batch = RandomBatch.of(seed);
      List<String> expected = placements(policy, batch, 0, seed);
      for (double shift : new double[] {-3_600_000, 3_600_000}) {
        assertThat(placements(policy, batch, shift, seed))
            .as("%s, seed %d, clock moved by %s ms", policy, seed, shift)
            .isEqualTo(expected);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("policies")
  void equalSeedsDecideEqually(String policy) {
    for (long seed = 0; seed < 50; seed++) {
      RandomBatch batch = RandomBatch.of(seed);
      assertThat(schedule(policy, batch.requests(), batch.instances(), seed))
          .as("%s, seed %d", policy, seed)
          .isEqualTo(schedule(policy, batch.requests(), batch.instances(), seed));
    }
  }

  @ParameterizedTest
  @MethodSource("policies")
  void theListsMayBeReadOnlyAndStayAsTheyAre(String policy) {
    RandomBatch batch = RandomBatch.of(5);
    List<RequestMetadata> requests = new ArrayList<>(batch.requests());
    List<ExecutionInstance> instances = new ArrayList<>(batch.instances());
    schedule(
        policy, Collections.unmodifiableList(requests), Collections.unmodifiableList(instances), 5);
    assertThat(requests).isEqualTo(batch.requests());
    assertThat(instances).isEqualTo(batch.instances());
  }

  @ParameterizedTest
  @MethodSource("policies")
  void prioritizeReturnsTheSameRequests(String policy) {
    for (long seed = 0; seed < 100; seed++) {
      RandomBatch batch = RandomBatch.of(seed);
      BatchScheduler scheduler = new BatchScheduler(REGISTRY, policy);
      for (List<ExecutionInstance> instances :
          List.of(List.<ExecutionInstance>of(), batch.instances())) {
        assertThat(scheduler.prioritize(batch.requests(), instances, RandomBatch.NOW))
            .as("%s, seed %d", policy, seed)
            .containsExactlyInAnyOrderElementsOf(batch.requests());
      }
    }
  }

  @Test
  void turnsGoOnFromCallToCall() {
    BatchScheduler scheduler = new BatchScheduler(REGISTRY, "round_robin");
    List<ExecutionInstance> three = List.of(instance("1"), instance("2"), instance("3"));
    List<ExecutionInstance> two = List.of(instance("3"), instance("1"));
    List<ExecutionInstance> four = List.of(instance("4"), instance("3"), instance("1"));
    assertThat(next(scheduler, three)).isEqualTo("1");
    assertThat(next(scheduler, three)).isEqualTo("2");
    assertThat(next(scheduler, two)).isEqualTo("3");
    assertThat(next(scheduler, two)).isEqualTo("1");
    assertThat(next(scheduler, four)).isEqualTo("3");
    assertThat(next(scheduler, four)).isEqualTo("4");
    assertThat(next(scheduler, four)).isEqualTo("1");
  }

  @Test
  void earlyPoliciesQueueBehindWhatWasGivenBefore() {
    ExecutionInstance slow = ExecutionInstance.builder("slow").slots(1).avgLatencyMs(300).build();
    ExecutionInstance fast = ExecutionInstance.builder("fast").slots(1).avgLatencyMs(100).build();
    List<RequestMetadata> requests =
        IntStream.range(0, 8).mapToObj(i -> RequestMetadata.builder("r" + i).build()).toList();
    BatchResult result = schedule("shortest_queue", requests, List.of(slow, fast), 0);
    assertThat(result.decisions().stream().map(SchedulingDecision::targetInstanceId))
        .containsExactly("slow", "fast", "fast", "fast", "slow", "fast", "fast", "fast");
  }

  @Test
  void aWaitThatIsToldCounts() {
    ExecutionInstance waiting = ExecutionInstance.builder("waiting").waitingTime(500, 10).build();
    ExecutionInstance idle = ExecutionInstance.builder("idle").activeRequests(50).build();
    RequestMetadata request = RequestMetadata.builder("r").expected(100, 10).build();
    BatchResult result = schedule("shortest_queue", List.of(request), List.of(waiting, idle), 0);
    assertThat(result.decision("r").orElseThrow().targetInstanceId()).isEqualTo("idle");
  }

  @Test
  void idsMustDifferAndNamesMustBeKnown() {
    RequestMetadata request = RequestMetadata.builder("r").build();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> schedule("fifo", List.of(request, request), List.of(), 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> schedule("fifo", List.of(), List.of(instance("i"), instance("i")), 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BatchScheduler(REGISTRY, "nope"))
        .withMessageContaining("nope");
    assertThat(new BatchScheduler(REGISTRY, "SLO-Aware").prioritize(List.of(request), List.of(), 0))
        .containsExactly(request);
  }

  /// All but those that draw.
  static Stream<String> byLoad() {
    return policies()
        .filter(name -> !Set.of("probabilistic", "power_of_two", "random").contains(name));
  }

  static Stream<String> policies() {
    return REGISTRY.names().stream();
  }

  private static String next(BatchScheduler scheduler, List<ExecutionInstance> instances) {
    RequestMetadata request = RequestMetadata.builder("r").build();
    return scheduler
        .schedule(List.of(request), instances, 0, new SplittableRandom(0))
        .decision("r")
        .orElseThrow()
        .targetInstanceId();
  }

  private static List<String> placements(
      String policy, RandomBatch batch, double shift, long seed) {
    BatchResult result =
        new BatchScheduler(REGISTRY, policy)
            .schedule(
                batch.arriving(shift),
                batch.instances(),
                RandomBatch.NOW + shift,
                new SplittableRandom(seed));
    return Stream.concat(
            result.decisions().stream()
                .map(d -> d.requestId() + ">" + d.targetInstanceId() + " " + d.confidence()),
            result.unplaced().stream())
        .toList();
  }

  private static BatchResult schedule(
      String policy, List<RequestMetadata> requests, List<ExecutionInstance> instances, long seed) {
    return new BatchScheduler(REGISTRY, policy)
        .schedule(requests, instances, RandomBatch.NOW, new SplittableRandom(seed));
  }

  private static ExecutionInstance instance(String id) {
    return ExecutionInstance.builder(id).build();
  }
}
