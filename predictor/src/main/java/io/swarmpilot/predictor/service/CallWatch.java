package io.swarmpilot.predictor.service;

import io.grpc.Context;
import io.grpc.Status;
import io.swarmpilot.predictor.training.TrainingWatch;

/// Ends a training when its call has ended: its caller has gone, its deadline has passed, or the
/// predictor stops.
final class CallWatch implements TrainingWatch {
  private final Context call = Context.current();

  @Override
  public void at(String phase, long done, long total) {
    // The caller waits for the end only.
  }

  @Override
  public void requireWanted() {
    if (call.isCancelled() || Thread.currentThread().isInterrupted()) {
      throw Status.CANCELLED.asRuntimeException();
    }
  }
}
