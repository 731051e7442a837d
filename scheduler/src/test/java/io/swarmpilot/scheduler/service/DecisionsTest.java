package io.swarmpilot.scheduler.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableLongArray;
import io.swarmpilot.proto.scheduler.v1.DecisionCandidate;
import io.swarmpilot.proto.scheduler.v1.ExplainTaskResponse;
import io.swarmpilot.proto.scheduler.v1.PredictionQuantile;
import io.swarmpilot.proto.scheduler.v1.TaskDecision;
import io.swarmpilot.scheduler.core.Estimate;
import io.swarmpilot.scheduler.core.OutputFigures;
import io.swarmpilot.scheduler.core.Payload;
import io.swarmpilot.scheduler.core.TaskExplanation;
import io.swarmpilot.scheduler.core.TaskExplanation.Attempt;
import io.swarmpilot.scheduler.core.TaskExplanation.Candidate;
import io.swarmpilot.scheduler.core.TaskExplanation.Outlook;
import io.swarmpilot.scheduler.core.TaskSnapshot;
import io.swarmpilot.scheduler.core.TaskSnapshot.Prediction;
import io.swarmpilot.scheduler.core.TaskStatus;
import io.swarmpilot.scheduler.core.TaskTraits;
import io.swarmpilot.scheduler.forecast.ExecutionTime;
import io.swarmpilot.scheduler.forecast.Moments;
import io.swarmpilot.scheduler.policy.Binding;
import io.swarmpilot.scheduler.policy.Explanation;
import io.swarmpilot.scheduler.policy.Priority;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What users read of a decision.
final class DecisionsTest {
  private static final ExecutionTime TIME =
      ExecutionTime.of(100, 10, new double[] {0, 0.5, 1}, new double[] {50, 100, 150});

  @Test
  void aDecisionSaysWhatWasComparedAndWhy() {
    ExplainTaskResponse explained =
        Decisions.encode(
            new TaskExplanation(
                task(TaskStatus.SCHEDULED, 1, 2_000),
                0,
                ImmutableList.of(
                    attempt(candidate("uuid-1", 7, 0.25), candidate("uuid-2", 9, Double.NaN))),
                Optional.empty()));
    assertThat(explained.getMessage()).isEqualTo("OK");
    assertThat(explained.getPriority()).isEqualTo("high");
    assertThat(explained.getUserId()).isEqualTo("ann");
    assertThat(explained.getSloDeadlineMs()).isEqualTo(2_000);
    assertThat(explained.getDeadline()).isEqualTo(1_002);
    assertThat(explained.hasQueue()).isFalse();
    TaskDecision decision = explained.getDecisions(0);
    assertThat(decision.getDecisionTime()).isCloseTo(1_000.04, within(1e-9));
    assertThat(decision.getQueueWaitMs()).isEqualTo(40);
    assertThat(decision.getBinding()).isEqualTo("late");
    assertThat(decision.getStrategy()).isEqualTo("edf");
    assertThat(decision.getOverridden()).isTrue();
    assertThat(decision.getFallback()).isFalse();
    assertThat(decision.getReason()).isEqualTo("because");
    assertThat(decision.getConfidence()).isEqualTo(0.5);
    assertThat(decision.getEstimatedCost()).isEqualTo(0.01);
    assertThat(decision.getNotesMap()).containsExactlyEntriesOf(ImmutableMap.of("k", "v"));
    assertThat(decision.getCandidatesConsidered()).isEqualTo(20);
    assertThat(decision.getPrediction().getMethod()).isEqualTo("model");
    assertThat(decision.getPrediction().getFallback()).isTrue();
    assertThat(decision.getPrediction().getQuantilesList())
        .extracting(PredictionQuantile::getValueMs)
        .isSorted()
        .contains(100.0);
    DecisionCandidate chosen = decision.getCandidates(0);
    assertThat(chosen.getChosen()).isTrue();
    assertThat(chosen.getScore()).isEqualTo(7);
    assertThat(chosen.getMissProbability()).isEqualTo(0.25);
    assertThat(chosen.getWaitingTimeExpect()).isEqualTo(30);
    assertThat(chosen.getWaitingTimeError()).isEqualTo(4);
    assertThat(chosen.getExecutionMs()).isEqualTo(100);
    assertThat(chosen.getExecutionP50Ms()).isEqualTo(100);
    assertThat(chosen.getExecutionP90Ms()).isEqualTo(140);
    assertThat(chosen.getExecutionP99Ms()).isCloseTo(149, within(1e-9));
    assertThat(chosen.getOutstandingTasks()).isEqualTo(3);
    assertThat(chosen.getLoad()).isEqualTo(0.75);
    assertThat(decision.getCandidates(1).getChosen()).isFalse();
    assertThat(decision.getCandidates(1).hasMissProbability()).isFalse();
  }

  @Test
  void whatIsUnknownOrEndlessIsAbsent() {
    Candidate unknown =
        new Candidate(
            "uuid-1",
            Double.NaN,
            new Moments(Double.POSITIVE_INFINITY, 0),
            TIME,
            Double.NaN,
            0,
            1,
            0,
            0);
    DecisionCandidate encoded =
        explain(TaskStatus.SCHEDULED, 1, Double.NaN, attempt(unknown))
            .getDecisions(0)
            .getCandidates(0);
    assertThat(encoded.hasScore()).isFalse();
    assertThat(encoded.hasWaitingTimeExpect()).isFalse();
    assertThat(encoded.hasMissProbability()).isFalse();
    ExplainTaskResponse queued =
        Decisions.encode(
            new TaskExplanation(
                task(TaskStatus.QUEUED, 0, Double.NaN),
                0,
                ImmutableList.of(),
                Optional.of(
                    new Outlook(5, 12, new Moments(Double.POSITIVE_INFINITY, Double.NaN), 0))));
    assertThat(queued.hasSloDeadlineMs()).isFalse();
    assertThat(queued.hasDeadline()).isFalse();
    assertThat(queued.getQueue().getQueuedTasks()).isEqualTo(5);
    assertThat(queued.getQueue().getWaitedMs()).isEqualTo(12);
    assertThat(queued.getQueue().hasWaitingTimeExpect()).isFalse();
  }

  @Test
  void theRemarkSaysWhyThereIsNoRecord() {
    assertThat(explain(TaskStatus.QUEUED, 0, 1).getMessage())
        .isEqualTo("The task waits for an instance");
    assertThat(explain(TaskStatus.COMPLETED, 0, 1).getMessage())
        .isEqualTo("The task ended before it was placed");
    assertThat(explain(TaskStatus.COMPLETED, 1, 1).getMessage())
        .isEqualTo("The record of its placement was dropped");
    assertThat(explain(TaskStatus.SCHEDULED, 2, 1, attempt()).getMessage())
        .isEqualTo("The record of its first attempts was dropped");
    assertThat(explain(TaskStatus.QUEUED, 1, 1, attempt()).getMessage())
        .isEqualTo("The task waits for an instance");
  }

  private static ExplainTaskResponse explain(
      TaskStatus status, int attempts, double sloMs, Attempt... records) {
    return Decisions.encode(
        new TaskExplanation(
            task(status, attempts, sloMs), 0, ImmutableList.copyOf(records), Optional.empty()));
  }

  private static Attempt attempt(Candidate... candidates) {
    return new Attempt(
        1,
        "edf",
        true,
        false,
        Binding.LATE,
        "uuid-1",
        new Explanation("because", 0.5, 0.01, ImmutableMap.of("k", "v")),
        40,
        new Estimate(TIME, "model", true),
        20,
        ImmutableList.copyOf(candidates));
  }

  private static Candidate candidate(String uuid, double score, double missProbability) {
    return new Candidate(uuid, score, new Moments(30, 16), TIME, missProbability, 3, 4, 0.75, 2);
  }

  private static TaskSnapshot task(TaskStatus status, int attempt, double sloMs) {
    TaskTraits traits =
        new TaskTraits(
            Priority.HIGH,
            sloMs,
            Double.NaN,
            Double.POSITIVE_INFINITY,
            "ann",
            0,
            0,
            false,
            "edf",
            ImmutableLongArray.of());
    return new TaskSnapshot(
        "task-1",
        1,
        "m",
        traits,
        status,
        "uuid-1",
        attempt,
        "edf",
        false,
        false,
        Prediction.NONE,
        1_000,
        Double.NaN,
        0,
        0,
        "",
        false,
        "",
        Optional.empty(),
        OutputFigures.NONE,
        Payload.NONE,
        Payload.NONE);
  }
}
