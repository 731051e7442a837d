package io.swarmpilot.client;

import java.util.Optional;

/// An instance that could have taken a task, as it was when the decision was made.
///
/// @param tiUuid its uuid
/// @param chosen whether it was chosen
/// @param score what the strategy compared, the least is best; empty when it compares nothing
/// @param waitingTime time until the task would have started there; empty when unknown
/// @param execution time it would have executed there; empty when unknown
/// @param missProbability probability to miss its objective there; empty without one
/// @param outstandingTasks tasks assigned to it and not yet finished
/// @param slots tasks it can run at the same moment
/// @param load share of its capacity in use, 0 to 1
/// @param cachedBlocks leading blocks of the prompt that it has seen lately
public record DecisionCandidate(
    String tiUuid,
    boolean chosen,
    Optional<Double> score,
    Optional<ExpectedTime> waitingTime,
    Optional<ExpectedTime> execution,
    Optional<Double> missProbability,
    int outstandingTasks,
    int slots,
    double load,
    int cachedBlocks) {
  static DecisionCandidate of(io.swarmpilot.proto.scheduler.v1.DecisionCandidate candidate) {
    return new DecisionCandidate(
        candidate.getTiUuid(),
        candidate.getChosen(),
        candidate.hasScore() ? Optional.of(candidate.getScore()) : Optional.empty(),
        candidate.hasWaitingTimeExpect()
            ? Optional.of(
                new ExpectedTime(candidate.getWaitingTimeExpect(), candidate.getWaitingTimeError()))
            : Optional.empty(),
        candidate.hasExecutionMs()
            ? Optional.of(
                new ExpectedTime(candidate.getExecutionMs(), candidate.getExecutionErrorMs()))
            : Optional.empty(),
        candidate.hasMissProbability()
            ? Optional.of(candidate.getMissProbability())
            : Optional.empty(),
        candidate.getOutstandingTasks(),
        candidate.getSlots(),
        candidate.getLoad(),
        candidate.getCachedBlocks());
  }
}
