package io.swarmpilot.scheduler.testing;

import io.grpc.stub.StreamObserver;
import io.swarmpilot.proto.predictor.v1.Distribution;
import io.swarmpilot.proto.predictor.v1.ExecutionReport;
import io.swarmpilot.proto.predictor.v1.PredictDistributionsRequest;
import io.swarmpilot.proto.predictor.v1.PredictDistributionsResponse;
import io.swarmpilot.proto.predictor.v1.PredictionAnswer;
import io.swarmpilot.proto.predictor.v1.PredictorServiceGrpc.PredictorServiceImplBase;
import io.swarmpilot.proto.predictor.v1.ReportExecutionsRequest;
import io.swarmpilot.proto.predictor.v1.ReportExecutionsResponse;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/// A predictor that answers as a test says.
public final class ScriptedPredictor extends PredictorServiceImplBase {
  /// A good answer: 100 ms, give or take 20.
  public static final Distribution GOOD =
      Distribution.newBuilder().setMeanMs(100).setStdMs(20).setMethod("model").build();

  private final BlockingQueue<ExecutionReport> reports = new LinkedBlockingQueue<>(100_000);
  private final BlockingQueue<PredictDistributionsRequest> requests =
      new LinkedBlockingQueue<>(100_000);
  private final AtomicInteger calls = new AtomicInteger();
  private final BlockingQueue<Runnable> held = new LinkedBlockingQueue<>(100_000);
  private volatile Behaviour behaviour = Behaviour.ANSWER;
  private volatile Distribution distribution = GOOD;

  /// Answers with a distribution from now on.
  public ScriptedPredictor answering(Distribution answer) {
    distribution = answer;
    behaviour = Behaviour.ANSWER;
    return this;
  }

  /// Behaves otherwise from now on.
  public ScriptedPredictor behaving(Behaviour other) {
    behaviour = other;
    return this;
  }

  /// Calls so far.
  public int calls() {
    return calls.get();
  }

  /// Gives the answer that was held back for longest, once there is one.
  public void release() throws InterruptedException {
    held.take().run();
  }

  /// What it was told.
  public BlockingQueue<ExecutionReport> reports() {
    return reports;
  }

  /// What it was asked.
  public BlockingQueue<PredictDistributionsRequest> requests() {
    return requests;
  }

  @Override
  public void predictDistributions(
      PredictDistributionsRequest request, StreamObserver<PredictDistributionsResponse> observer) {
    calls.incrementAndGet();
    requests.add(request);
    switch (behaviour) {
      case ANSWER -> answer(observer, answers(request, 0));
      case WRONG_COUNT -> answer(observer, PredictDistributionsResponse.newBuilder());
      case ONE_TOO_FEW -> answer(observer, answers(request, -1));
      case ONE_TOO_MANY -> answer(observer, answers(request, 1));
      case TWO_ANSWERS ->
          answer(observer, answers(request, 0).addAllAnswers(answers(request, 0).getAnswersList()));
      case HOLD -> held.add(() -> answer(observer, answers(request, 0)));
      case FAIL -> observer.onError(new IllegalStateException("broken on purpose"));
      case NEVER_ANSWER -> {
        // The caller's budget ends the wait.
      }
    }
  }

  private PredictDistributionsResponse.Builder answers(
      PredictDistributionsRequest request, int more) {
    PredictionAnswer.Builder answer = PredictionAnswer.newBuilder();
    for (int i = 0; i < request.getQueries(0).getTargetsCount() + more; i++) {
      answer.addDistributions(distribution);
    }
    return PredictDistributionsResponse.newBuilder().addAnswers(answer);
  }

  private static void answer(
      StreamObserver<PredictDistributionsResponse> observer,
      PredictDistributionsResponse.Builder response) {
    observer.onNext(response.build());
    observer.onCompleted();
  }

  @Override
  public void reportExecutions(
      ReportExecutionsRequest request, StreamObserver<ReportExecutionsResponse> observer) {
    reports.addAll(request.getReportsList());
    observer.onNext(ReportExecutionsResponse.getDefaultInstance());
    observer.onCompleted();
  }

  /// How it answers.
  public enum Behaviour {
    /// With the distribution.
    ANSWER,
    /// With no distribution at all.
    WRONG_COUNT,
    /// With a distribution less than was asked for.
    ONE_TOO_FEW,
    /// With a distribution more than was asked for.
    ONE_TOO_MANY,
    /// With a second answer.
    TWO_ANSWERS,
    /// With the distribution, once the test says so.
    HOLD,
    /// With a failure.
    FAIL,
    /// Not at all.
    NEVER_ANSWER
  }
}
