package io.swarmpilot.predictor.service;

import io.grpc.stub.StreamObserver;
import io.swarmpilot.predictor.training.TrainingWatch;
import io.swarmpilot.proto.predictor.v1.TrainStreamResponse;
import io.swarmpilot.runtime.time.MeshClock;

/// Sends the caller what a training is at: every new phase, and ten times a second how far it is.
final class ProgressWatch implements TrainingWatch {
  private static final long INTERVAL_NANOS = 100_000_000;

  private final CallWatch call = new CallWatch();
  private final StreamObserver<TrainStreamResponse> observer;
  private final MeshClock clock;
  private String phase = "";
  private long sent;

  ProgressWatch(StreamObserver<TrainStreamResponse> observer, MeshClock clock) {
    this.observer = observer;
    this.clock = clock;
  }

  @Override
  public void at(String reached, long done, long total) {
    long now = clock.nanos();
    if (reached.equals(phase) && now - sent < INTERVAL_NANOS) {
      return;
    }
    phase = reached;
    sent = now;
    observer.onNext(
        TrainStreamResponse.newBuilder().setPhase(reached).setDone(done).setTotal(total).build());
  }

  @Override
  public void requireWanted() {
    call.requireWanted();
  }
}
