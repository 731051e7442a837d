package io.swarmpilot.scheduler.predict;

import io.grpc.Channel;
import io.grpc.stub.StreamObserver;
import io.swarmpilot.proto.predictor.v1.ExecutionReport;
import io.swarmpilot.proto.predictor.v1.PredictorServiceGrpc;
import io.swarmpilot.proto.predictor.v1.PredictorServiceGrpc.PredictorServiceStub;
import io.swarmpilot.proto.predictor.v1.ReportExecutionsRequest;
import io.swarmpilot.proto.predictor.v1.ReportExecutionsResponse;
import io.swarmpilot.scheduler.core.Effect;
import io.swarmpilot.scheduler.core.TaskSnapshot;
import io.swarmpilot.scheduler.payload.Features;
import io.swarmpilot.scheduler.payload.OutputMessages;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/// Tells the predictor how long executions took: in batches, one call at a time, from a bounded
/// queue. What does not fit, or fails to arrive, is dropped and counted: it is advice, not record.
public final class ExecutionFeedback {
  private static final int MOST_WAITING = 16_384;
  private static final int BATCH = 1_024;
  private static final long DEADLINE_SECONDS = 5;
  private static final double MS_PER_SECOND = 1_000;

  private final PredictorServiceStub stub;
  private final BlockingQueue<ExecutionReport> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final AtomicBoolean calling = new AtomicBoolean();
  private final AtomicLong dropped = new AtomicLong();

  /// Feedback to the predictor at the end of a channel.
  public ExecutionFeedback(Channel predictor) {
    this.stub = PredictorServiceGrpc.newStub(predictor);
  }

  /// Takes an execution in, to be sent with the next batch.
  ///
  /// @param features features it was predicted from
  public void offer(Effect.Report execution, Features features) {
    TaskSnapshot task = execution.task();
    ExecutionReport.Builder report =
        ExecutionReport.newBuilder()
            .setTaskId(task.taskId())
            .setAttempt(task.attempt())
            .setModelType(task.model())
            .setModelName(features.modelName())
            .setTarget(PredictorTargets.encode(features.predictedTarget(execution.target())))
            .setTiUuid(task.instance())
            .putAllFeatures(features.numbers())
            .setExecutionMs(task.executionMs())
            .setPredictionMethod(task.prediction().method())
            .setCompletionTime(task.submitUnix() + task.totalMs() / MS_PER_SECOND)
            .setSlowdown(execution.slowdown())
            .setOutput(OutputMessages.encode(task.output()));
    if (Double.isFinite(task.prediction().meanMs())) {
      report
          .setPredictedMs(task.prediction().meanMs())
          .setPredictedProbability(execution.probability());
    }
    if (!waiting.offer(report.build())) {
      dropped.incrementAndGet();
    }
  }

  /// Sends a batch, unless one is on its way or there is nothing to send. Called now and then.
  public void flush() {
    if (waiting.isEmpty() || !calling.compareAndSet(false, true)) {
      return;
    }
    List<ExecutionReport> batch = new ArrayList<>(Math.min(BATCH, waiting.size()));
    waiting.drainTo(batch, BATCH);
    stub.withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
        .reportExecutions(
            ReportExecutionsRequest.newBuilder().addAllReports(batch).build(),
            new Sent(batch.size()));
  }

  /// Reports that were not delivered.
  public long dropped() {
    return dropped.get();
  }

  /// Waits for the end of one call.
  private final class Sent implements StreamObserver<ReportExecutionsResponse> {
    private final int count;

    Sent(int count) {
      this.count = count;
    }

    @Override
    public void onNext(ReportExecutionsResponse response) {}

    @Override
    public void onError(Throwable failure) {
      dropped.addAndGet(count);
      calling.set(false);
    }

    @Override
    public void onCompleted() {
      calling.set(false);
      // More came while this batch travelled: send on without waiting for the next turn.
      if (waiting.size() >= BATCH) {
        flush();
      }
    }
  }
}
