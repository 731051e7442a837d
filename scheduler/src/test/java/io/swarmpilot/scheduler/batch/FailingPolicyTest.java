package io.swarmpilot.scheduler.batch;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import io.swarmpilot.scheduler.policy.Admission;
import io.swarmpilot.scheduler.policy.Candidates;
import io.swarmpilot.scheduler.policy.Explanation;
import io.swarmpilot.scheduler.policy.Policy;
import io.swarmpilot.scheduler.policy.PoolView;
import io.swarmpilot.scheduler.policy.WaitingTask;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// A policy of a user may be wrong in every way; requests are placed all the same.
final class FailingPolicyTest {
  private static final List<RequestMetadata> REQUESTS =
      List.of(
          RequestMetadata.builder("late")
              .arrivalMs(-1)
              .sloDeadlineMs(1_000)
              .expected(900, 300)
              .build(),
          RequestMetadata.builder("early").arrivalMs(-2).sloDeadlineMs(1_000).build());
  private static final List<ExecutionInstance> INSTANCES =
      List.of(
          ExecutionInstance.builder("busy").activeRequests(9).build(),
          ExecutionInstance.builder("free").build());

  @Test
  void aPolicyOfAUserDecides() {
    Policy policy =
        new Custom() {
          @Override
          public double order(WaitingTask task, PoolView pool) {
            return -task.arrivalMs();
          }
        };
    BatchResult result = schedule(policy);
    assertThat(result.decisions())
        .extracting(SchedulingDecision::requestId)
        .containsExactly("late", "early");
    assertThat(result.decisions())
        .allSatisfy(decision -> {
          assertThat(decision.targetInstanceId()).isEqualTo("busy");
          assertThat(decision.strategy()).isEqualTo("custom");
          assertThat(decision.metadata()).isEmpty();
        });
  }

  @Test
  void oneThatThrowsIsReplaced() {
    assertReplaced(
        new Custom() {
          @Override
          public int select(
              WaitingTask task, Candidates candidates, PoolView pool, RandomGenerator random) {
            throw new IllegalStateException("no idea");
          }
        },
        "no idea");
    assertReplaced(
        new Custom() {
          @Override
          public double order(WaitingTask task, PoolView pool) {
            throw new ArithmeticException("no key");
          }
        },
        "no key");
  }

  @Test
  void oneThatAnswersNonsenseIsReplaced() {
    for (int nonsense : new int[] {-1, 2, Integer.MAX_VALUE}) {
      assertReplaced(
          new Custom() {
            @Override
            public int select(
                WaitingTask task, Candidates candidates, PoolView pool, RandomGenerator random) {
              return nonsense;
            }
          },
          nonsense + " of 2 candidates");
    }
  }

  @Test
  void oneThatCannotExplainHasDecidedAllTheSame() {
    BatchResult result =
        schedule(
            new Custom() {
              @Override
              public Explanation explain(
                  WaitingTask task, Candidates candidates, int chosen, PoolView pool) {
                throw new IllegalStateException("no words");
              }
            });
    assertThat(result.decisions())
        .hasSize(2)
        .allSatisfy(decision -> {
          assertThat(decision.targetInstanceId()).isEqualTo("busy");
          assertThat(decision.strategy()).isEqualTo("custom");
          assertThat(decision.reason()).contains("no words");
        });
  }

  @Test
  void oneThatCannotAdmitHasChosenAllTheSame() {
    BatchResult result =
        schedule(
            new Custom() {
              @Override
              public Admission admit(WaitingTask task, PoolView pool, double missProbability) {
                if (task.taskId().equals("late") && missProbability > 0) {
                  throw new IllegalStateException("no rule");
                }
                return Admission.ACCEPT;
              }
            });
    assertThat(result.decisions())
        .allSatisfy(decision -> {
          assertThat(decision.targetInstanceId()).isEqualTo("busy");
          assertThat(decision.strategy()).isEqualTo("custom");
        });
    assertThat(result.decision("late").orElseThrow().reason()).contains("no rule");
    assertThat(result.decision("early").orElseThrow().metadata()).isEmpty();
  }

  @Test
  void numbersOutOfTheirBoundsAreBroughtIntoThem() {
    BatchResult result =
        schedule(
            new Custom() {
              @Override
              public int band(WaitingTask task) {
                return task.taskId().equals("late") ? 99 : -99;
              }

              @Override
              public int orderClass(WaitingTask task) {
                return Integer.MIN_VALUE;
              }

              @Override
              public double urgency(WaitingTask head, PoolView pool) {
                return Double.NaN;
              }

              @Override
              public Explanation explain(
                  WaitingTask task, Candidates candidates, int chosen, PoolView pool) {
                return new Explanation("so", Double.NaN, -1, ImmutableMap.of("k", "v"));
              }
            });
    assertThat(result.decisions())
        .extracting(SchedulingDecision::requestId)
        .containsExactly("early", "late");
    assertThat(result.decisions())
        .allSatisfy(decision -> {
          assertThat(decision.confidence()).isZero();
          assertThat(decision.estimatedCost()).isZero();
          assertThat(decision.metadata()).containsEntry("k", "v");
        });
  }

  private static void assertReplaced(Policy policy, String complaint) {
    BatchResult result = schedule(policy);
    assertThat(result.decisions())
        .hasSize(2)
        .allSatisfy(decision -> {
          assertThat(decision.targetInstanceId()).isEqualTo("free");
          assertThat(decision.strategy()).isEqualTo("least_requests");
          assertThat(decision.reason()).contains("least_requests", "custom", complaint);
          assertThat(decision.metadata().get("failure")).contains(complaint);
        });
    assertThat(result.decisions())
        .extracting(SchedulingDecision::requestId)
        .containsExactly("early", "late");
  }

  private static BatchResult schedule(Policy policy) {
    return new BatchScheduler(policy).schedule(REQUESTS, INSTANCES, 0, new SplittableRandom(0));
  }

  /// Prefers the busiest.
  private static class Custom implements Policy {
    @Override
    public String name() {
      return "custom";
    }

    @Override
    public double score(WaitingTask task, Candidates candidates, int index, PoolView pool) {
      return -candidates.outstanding(index);
    }
  }
}
