package io.swarmpilot.runtime.error;

import io.grpc.Status;

/// Every reason a service of the mesh gives for refusing a call, and the gRPC code it travels
/// under.
///
/// The name is the `reason` of the `google.rpc.ErrorInfo` that each error carries; clients may
/// switch on it. The gateway turns the code into an HTTP status ([HttpStatuses]).
public enum ErrorReason {
  /// A field is missing, malformed or out of range; the violations say which.
  INVALID_FIELD(Status.Code.INVALID_ARGUMENT),
  /// No task has this id, or its result has expired.
  TASK_NOT_FOUND(Status.Code.NOT_FOUND),
  /// The task exists but has not ended.
  TASK_NOT_COMPLETED(Status.Code.NOT_FOUND),
  /// Another task already has this id.
  TASK_EXISTS(Status.Code.ALREADY_EXISTS),
  /// No task instance is registered at all.
  NO_INSTANCES(Status.Code.UNAVAILABLE),
  /// No registered instance can take a task of this model now.
  NO_AVAILABLE_INSTANCE(Status.Code.UNAVAILABLE),
  /// No task instance has this uuid.
  INSTANCE_NOT_FOUND(Status.Code.NOT_FOUND),
  /// A bounded queue is full; retry after the delay given.
  QUEUE_FULL(Status.Code.RESOURCE_EXHAUSTED),
  /// The task may be shed, and could not meet its objective even if it started at once.
  OBJECTIVE_OUT_OF_REACH(Status.Code.FAILED_PRECONDITION),
  /// There is a shadow of this name already.
  SHADOW_EXISTS(Status.Code.ALREADY_EXISTS),
  /// No shadow has this name.
  SHADOW_NOT_FOUND(Status.Code.NOT_FOUND),
  /// As many shadows run as may; stop one first.
  TOO_MANY_SHADOWS(Status.Code.RESOURCE_EXHAUSTED),
  /// The message exceeds the size limit.
  MESSAGE_TOO_LARGE(Status.Code.RESOURCE_EXHAUSTED),
  /// The instance runs no replica.
  NO_MODEL_RUNNING(Status.Code.UNAVAILABLE),
  /// The instance runs another model.
  MODEL_MISMATCH(Status.Code.FAILED_PRECONDITION),
  /// No backend can run this model.
  MODEL_NOT_FOUND(Status.Code.NOT_FOUND),
  /// The machine lacks what the replicas need.
  INSUFFICIENT_RESOURCES(Status.Code.UNAVAILABLE),
  /// A newer scheduler has taken the instance over.
  SUPERSEDED(Status.Code.ABORTED),
  /// The caller's epoch is older than one already seen.
  STALE_EPOCH(Status.Code.FAILED_PRECONDITION),
  /// The executor runs another workload.
  WORKLOAD_RUNNING(Status.Code.FAILED_PRECONDITION),
  /// The service is shutting down.
  DRAINING(Status.Code.UNAVAILABLE),
  /// The service cannot use its storage.
  STORAGE_UNAVAILABLE(Status.Code.UNAVAILABLE),
  /// A fault of ours; its cause is in the log, not in the answer.
  INTERNAL(Status.Code.INTERNAL);

  private final Status.Code code;

  ErrorReason(Status.Code code) {
    this.code = code;
  }

  /// The gRPC code this reason travels under.
  public Status.Code code() {
    return code;
  }
}
