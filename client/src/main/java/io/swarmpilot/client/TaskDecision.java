package io.swarmpilot.client;

import java.util.List;
import java.util.Map;

/// One placement of a task.
///
/// @param attempt number of the attempt, from 1
/// @param decisionTime when it was decided, Unix seconds
/// @param strategy strategy that decided
/// @param overridden whether the task asked for that strategy itself
/// @param fallback whether it stood in for a strategy that failed
/// @param binding `early` or `late`
/// @param scheduledTi uuid of the chosen instance
/// @param reason why, in words
/// @param confidence how sure the strategy was, 0 to 1
/// @param estimatedCost what the execution was expected to cost; 0 where cost is not considered
/// @param notes anything else the strategy tells, by name
/// @param queueWaitMs time from submission to the decision, ms
/// @param predicted execution time that was predicted on the chosen instance
/// @param predictionMethod where the prediction came from
/// @param candidatesConsidered how many instances could have taken the task
/// @param candidates up to 16 of them, the chosen one always
public record TaskDecision(
    int attempt,
    double decisionTime,
    String strategy,
    boolean overridden,
    boolean fallback,
    String binding,
    String scheduledTi,
    String reason,
    double confidence,
    double estimatedCost,
    Map<String, String> notes,
    double queueWaitMs,
    ExpectedTime predicted,
    String predictionMethod,
    int candidatesConsidered,
    List<DecisionCandidate> candidates) {
  /// Copies the collections.
  public TaskDecision {
    notes = Map.copyOf(notes);
    candidates = List.copyOf(candidates);
  }

  static TaskDecision of(io.swarmpilot.proto.scheduler.v1.TaskDecision decision) {
    return new TaskDecision(
        decision.getAttempt(),
        decision.getDecisionTime(),
        decision.getStrategy(),
        decision.getOverridden(),
        decision.getFallback(),
        decision.getBinding(),
        decision.getScheduledTi(),
        decision.getReason(),
        decision.getConfidence(),
        decision.getEstimatedCost(),
        decision.getNotesMap(),
        decision.getQueueWaitMs(),
        new ExpectedTime(
            decision.getPrediction().getMeanMs(), decision.getPrediction().getErrorMs()),
        decision.getPrediction().getMethod(),
        decision.getCandidatesConsidered(),
        decision.getCandidatesList().stream().map(DecisionCandidate::of).toList());
  }
}
