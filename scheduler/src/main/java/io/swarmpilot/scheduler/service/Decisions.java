package io.swarmpilot.scheduler.service;

import io.swarmpilot.proto.scheduler.v1.DecisionCandidate;
import io.swarmpilot.proto.scheduler.v1.ExplainTaskResponse;
import io.swarmpilot.proto.scheduler.v1.PredictionQuantile;
import io.swarmpilot.proto.scheduler.v1.QueueOutlook;
import io.swarmpilot.proto.scheduler.v1.TaskDecision;
import io.swarmpilot.proto.scheduler.v1.UsedPrediction;
import io.swarmpilot.scheduler.core.Estimate;
import io.swarmpilot.scheduler.core.TaskExplanation;
import io.swarmpilot.scheduler.core.TaskExplanation.Attempt;
import io.swarmpilot.scheduler.core.TaskExplanation.Candidate;
import io.swarmpilot.scheduler.core.TaskExplanation.Outlook;
import io.swarmpilot.scheduler.core.TaskSnapshot;
import io.swarmpilot.scheduler.core.TaskStatus;
import io.swarmpilot.scheduler.forecast.ExecutionTime;
import io.swarmpilot.scheduler.policy.Explanation;
import java.util.function.DoubleConsumer;

/// Decisions as users see them.
final class Decisions {
  private static final double[] QUANTILES = {0.05, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99};

  private Decisions() {}

  static ExplainTaskResponse encode(TaskExplanation explanation) {
    TaskSnapshot task = explanation.task();
    ExplainTaskResponse.Builder response =
        ExplainTaskResponse.newBuilder()
            .setStatus("success")
            .setMessage(remark(explanation))
            .setTaskId(task.taskId())
            .setModelName(task.model())
            .setTaskStatus(Tasks.status(task.status()))
            .setPriority(Tasks.name(task.traits().priority()))
            .setUserId(task.traits().user())
            .setDemoted(task.demoted())
            .setLosses(explanation.losses());
    if (Tasks.hasSlo(task)) {
      response
          .setSloDeadlineMs(task.traits().sloMs())
          .setDeadline(Tasks.unixSeconds(task, task.traits().sloMs()));
    }
    explanation.attempts().forEach(attempt -> response.addDecisions(decision(task, attempt)));
    explanation.outlook().map(Decisions::outlook).ifPresent(response::setQueue);
    return response.build();
  }

  private static String remark(TaskExplanation explanation) {
    int attempts = explanation.task().attempt();
    if (explanation.attempts().size() < attempts) {
      return explanation.attempts().isEmpty()
          ? "The record of its placement was dropped"
          : "The record of its first attempts was dropped";
    }
    if (explanation.task().status() == TaskStatus.QUEUED) {
      return "The task waits for an instance";
    }
    return attempts == 0 ? "The task ended before it was placed" : "OK";
  }

  private static TaskDecision decision(TaskSnapshot task, Attempt attempt) {
    Explanation why = attempt.why();
    TaskDecision.Builder decision =
        TaskDecision.newBuilder()
            .setAttempt(attempt.number())
            .setDecisionTime(Tasks.unixSeconds(task, attempt.queueWaitMs()))
            .setStrategy(attempt.strategy())
            .setOverridden(attempt.overridden())
            .setFallback(attempt.fallback())
            .setBinding(Strategies.binding(attempt.binding()))
            .setScheduledTi(attempt.instance())
            .setReason(why.reason())
            .setConfidence(why.confidence())
            .setEstimatedCost(why.cost())
            .putAllNotes(why.notes())
            .setQueueWaitMs(attempt.queueWaitMs())
            .setPrediction(prediction(attempt.estimate()))
            .setCandidatesConsidered(attempt.considered());
    for (Candidate candidate : attempt.candidates()) {
      decision.addCandidates(candidate(candidate, attempt.instance()));
    }
    return decision.build();
  }

  private static UsedPrediction prediction(Estimate estimate) {
    ExecutionTime time = estimate.time();
    UsedPrediction.Builder prediction =
        UsedPrediction.newBuilder()
            .setMeanMs(time.mean())
            .setErrorMs(time.error())
            .setMethod(estimate.method())
            .setFallback(estimate.fallback());
    for (double quantile : QUANTILES) {
      prediction.addQuantiles(
          PredictionQuantile.newBuilder()
              .setQuantile(quantile)
              .setValueMs(time.quantile(quantile)));
    }
    return prediction.build();
  }

  private static DecisionCandidate candidate(Candidate candidate, String chosen) {
    ExecutionTime execution = candidate.execution();
    DecisionCandidate.Builder encoded =
        DecisionCandidate.newBuilder()
            .setTiUuid(candidate.instance())
            .setChosen(candidate.instance().equals(chosen))
            .setOutstandingTasks(candidate.outstanding())
            .setSlots(candidate.slots())
            .setLoad(candidate.load())
            .setCachedBlocks(candidate.cachedBlocks());
    known(candidate.score(), encoded::setScore);
    known(candidate.waiting().mean(), encoded::setWaitingTimeExpect);
    known(candidate.waiting().error(), encoded::setWaitingTimeError);
    known(execution.mean(), encoded::setExecutionMs);
    known(execution.error(), encoded::setExecutionErrorMs);
    known(execution.quantile(0.5), encoded::setExecutionP50Ms);
    known(execution.quantile(0.9), encoded::setExecutionP90Ms);
    known(execution.quantile(0.99), encoded::setExecutionP99Ms);
    known(candidate.missProbability(), encoded::setMissProbability);
    return encoded.build();
  }

  private static QueueOutlook outlook(Outlook outlook) {
    QueueOutlook.Builder encoded =
        QueueOutlook.newBuilder()
            .setQueuedTasks(outlook.queued())
            .setWaitedMs(outlook.waitedMs())
            .setSlots(outlook.slots());
    known(outlook.waiting().mean(), encoded::setWaitingTimeExpect);
    known(outlook.waiting().error(), encoded::setWaitingTimeError);
    return encoded.build();
  }

  /// JSON has no word for what is unknown or endless but null.
  private static void known(double value, DoubleConsumer field) {
    if (Double.isFinite(value)) {
      field.accept(value);
    }
  }
}
