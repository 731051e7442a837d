package io.swarmpilot.client;

import io.swarmpilot.proto.scheduler.v1.FollowTaskResponse;

/// One thing that happened to a task that is followed.
public sealed interface FollowEvent {
  /// It changed.
  ///
  /// @param event `task_state` (first word about it), `task_scheduled`, `task_started`,
  ///   `task_retried` (what was put out before is void) or `task_completed` (the last)
  /// @param task the task after it
  record Changed(String event, Task task) implements FollowEvent {}

  /// It put something out.
  ///
  /// @param attempt attempt that did
  /// @param sequence number of the piece in that attempt, from 0
  /// @param dropped pieces just before this one that were dropped for a slow or late reader
  /// @param piece the piece, JSON text of any value
  record Output(int attempt, int sequence, int dropped, String piece) implements FollowEvent {}

  /// An answer of the scheduler's.
  static FollowEvent of(FollowTaskResponse answer) {
    return answer.hasOutput()
        ? new Output(
            answer.getOutput().getAttempt(),
            answer.getOutput().getSequence(),
            answer.getOutput().getDropped(),
            Json.text(answer.getOutput().getPiece()).orElse("null"))
        : new Changed(answer.getEvent(), Task.of(answer.getData()));
  }
}
