package io.swarmpilot.scheduler.dispatch;

import io.swarmpilot.proto.common.v1.JsonValue;
import io.swarmpilot.scheduler.core.Outcome;
import io.swarmpilot.scheduler.core.Outcome.FailureKind;
import io.swarmpilot.scheduler.payload.ResultPayload;

/// How a task ended at a foreign instance.
///
/// @param status "completed", "failed" or something else that means failed
/// @param result what the model answered; absent for none
/// @param error why it failed, or ""
/// @param executionMs time it executed
record ForeignResult(String status, JsonValue result, String error, double executionMs) {
  Outcome outcome() {
    double time = Double.isFinite(executionMs) && executionMs > 0 ? executionMs : 0;
    if (status.equals("completed") && error.isEmpty()) {
      return new Outcome.Succeeded(new ResultPayload(result), time, "");
    }
    String message = error.isEmpty() ? "the instance gave no reason" : error;
    return new Outcome.Failed(FailureKind.FINAL, message, time, "");
  }
}
