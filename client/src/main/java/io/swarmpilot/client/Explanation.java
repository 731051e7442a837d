package io.swarmpilot.client;

import io.swarmpilot.proto.scheduler.v1.ExplainTaskResponse;
import java.util.List;
import java.util.Optional;

/// Why a task was placed where it is, or what it waits for.
///
/// @param taskId id of the task
/// @param modelName model that must run it
/// @param status `queued`, `scheduled` or `completed`
/// @param message a remark, or `OK`
/// @param priority how urgent it is
/// @param userId who it belongs to; "" when it does not say
/// @param deadline the moment by which it is to be completed, Unix seconds
/// @param demoted whether it lost its turn because it could not meet its objective any more
/// @param losses how often it was taken from a lost instance
/// @param decisions one entry an attempt, the first attempt first; none when they were dropped
/// @param queue what it waits for, while it is queued
public record Explanation(
    String taskId,
    String modelName,
    String status,
    String message,
    String priority,
    String userId,
    Optional<Double> deadline,
    boolean demoted,
    int losses,
    List<TaskDecision> decisions,
    Optional<QueueOutlook> queue) {
  /// Copies the list.
  public Explanation {
    decisions = List.copyOf(decisions);
  }

  static Explanation of(ExplainTaskResponse answer) {
    return new Explanation(
        answer.getTaskId(),
        answer.getModelName(),
        answer.getTaskStatus(),
        answer.getMessage(),
        answer.getPriority(),
        answer.getUserId(),
        answer.hasDeadline() ? Optional.of(answer.getDeadline()) : Optional.empty(),
        answer.getDemoted(),
        answer.getLosses(),
        answer.getDecisionsList().stream().map(TaskDecision::of).toList(),
        answer.hasQueue() ? Optional.of(QueueOutlook.of(answer.getQueue())) : Optional.empty());
  }
}
