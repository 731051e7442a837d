package io.swarmpilot.predictor.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.swarmpilot.predictor.PredictorConfig;
import io.swarmpilot.proto.predictor.v1.Distribution;
import io.swarmpilot.proto.predictor.v1.ExecutionReport;
import io.swarmpilot.proto.predictor.v1.ExecutionTarget;
import io.swarmpilot.proto.predictor.v1.IntervalCoverage;
import io.swarmpilot.proto.predictor.v1.KeyAccuracy;
import io.swarmpilot.proto.predictor.v1.ListAccuraciesRequest;
import io.swarmpilot.proto.predictor.v1.ListModelEventsRequest;
import io.swarmpilot.proto.predictor.v1.ListModelsRequest;
import io.swarmpilot.proto.predictor.v1.ModelEvent;
import io.swarmpilot.proto.predictor.v1.PredictDistributionsRequest;
import io.swarmpilot.proto.predictor.v1.PredictRequest;
import io.swarmpilot.proto.predictor.v1.PredictResponse;
import io.swarmpilot.proto.predictor.v1.PredictionQuery;
import io.swarmpilot.proto.predictor.v1.ReportExecutionsRequest;
import io.swarmpilot.runtime.json.JsonValues;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Learning from reports, over the wire.
@Timeout(60)
class LiveLearningTest {
  private static final ExecutionTarget A100 =
      ExecutionTarget.newBuilder().setHardware("A100").build();
  private static final String KEY = "embed__any__A100__any-any";

  @TempDir Path directory;
  private PredictorHarness predictor;
  private final AtomicInteger reported = new AtomicInteger();

  @BeforeEach
  void start() throws IOException {
    predictor = PredictorHarness.learning(directory, PredictorConfig.defaults());
  }

  @AfterEach
  void stop() {
    predictor.close();
  }

  @Test
  void reportsMakeAModelThatAnswersAndTellsHowGoodItIs() {
    learn();

    PredictResponse response =
        predictor
            .stub()
            .predict(
                PredictRequest.newBuilder()
                    .setModelType("embed")
                    .setMetadata(JsonValues.of("{\"hardware\": \"A100\", \"tokens\": 500}"))
                    .build());
    assertThat(response.getPredictionMethod()).isEqualTo("model");
    assertThat(response.getConfidence()).isBetween(0.8, 1.0);
    assertThat(response.getQuantilePredictions(2)).isCloseTo(1_010, within(150.0));

    report(500);
    KeyAccuracy accuracy =
        predictor
            .stub()
            .listAccuracies(ListAccuraciesRequest.newBuilder().setModelType("embed").build())
            .getAccuracies(0);
    assertThat(accuracy.getModelKey()).isEqualTo(KEY);
    assertThat(accuracy.getPredictionMethod()).isEqualTo("model");
    assertThat(accuracy.getVersion()).isPositive();
    assertThat(accuracy.getState()).isEqualTo("steady");
    assertThat(accuracy.getExecutions()).isGreaterThan(500);
    assertThat(accuracy.getCoverageList())
        .extracting(IntervalCoverage::getLevel)
        .containsExactly(0.8, 0.9, 0.95);
    assertThat(accuracy.getCoverage(1).getObserved()).isCloseTo(0.9, within(0.05));
    assertThat(accuracy.getPinballRelative()).isBetween(0.01, 0.06);
    assertThat(accuracy.getMape()).isBetween(0.05, 0.15);
    assertThat(accuracy.getPitList()).hasSize(10);
    assertThat(accuracy.getSlowdown()).isCloseTo(1, within(0.2));
    assertThat(accuracy.hasExecutionsSinceDrift()).isFalse();
  }

  @Test
  void aRestartKeepsModelAndExecutions() throws IOException {
    learn();
    predictor.close();
    predictor = PredictorHarness.learning(directory, PredictorConfig.defaults());

    assertThat(ask("").getMethod()).isEqualTo("model");
    assertThat(
            predictor
                .stub()
                .listModels(ListModelsRequest.getDefaultInstance())
                .getModels(0)
                .getTotalPredictions())
        .isGreaterThanOrEqualTo(400);
  }

  @Test
  void eventsAreToldTheNewestFirstAndByKey() {
    learn();

    List<ModelEvent> events = events(KEY);
    assertThat(events)
        .isNotEmpty()
        .allSatisfy(event -> {
          assertThat(event.getModelKey()).isEqualTo(KEY);
          assertThat(event.getKind()).isEqualTo("trained");
          assertThat(event.getMessage()).contains("rows from reported executions");
        });
    assertThat(events.getFirst().getVersion()).isEqualTo(events.size());
    assertThat(events("another")).isEmpty();
  }

  @Test
  void anInstanceHasItsOwnSlowdown() {
    await(() -> {
      for (int i = 0; i < 20; i++) {
        report(1, "slow", 2);
        report(1, "quick", 1);
      }
      return ask("slow").getMeanMs() > 1.5 * ask("quick").getMeanMs();
    });

    assertThat(ask("slow").getMethod()).isEqualTo("model");
    assertThat(ask("").getMeanMs())
        .isBetween(1.1 * ask("quick").getMeanMs(), 0.9 * ask("slow").getMeanMs());
  }

  @Test
  void manyCallersReportAndAskWhileModelsAreTrained() throws Exception {
    int callers = 4;
    try (ExecutorService executor = Executors.newFixedThreadPool(callers)) {
      List<Callable<Boolean>> calls = new ArrayList<>();
      for (int c = 0; c < callers; c++) {
        String instance = "instance-" + c;
        calls.add(() -> {
          for (int round = 0; round < 100; round++) {
            report(10, instance, 1);
            Distribution answer = ask(instance);
            assertThat(answer.getMethod()).isIn("live", "model");
            assertThat(answer.getValuesMsList()).isSorted();
          }
          return true;
        });
      }
      for (Future<Boolean> call : executor.invokeAll(calls, 30, TimeUnit.SECONDS)) {
        assertThat(call.get()).isTrue();
      }
    }
    await(() -> ask("").getMethod().equals("model"));
    assertThat(
            predictor
                .stub()
                .listAccuracies(ListAccuraciesRequest.getDefaultInstance())
                .getCounters()
                .getExecutionsLearned())
        .isEqualTo(4_000);
    assertThat(events(KEY)).extracting(ModelEvent::getKind).doesNotContain("failed");
  }

  /// Reports executions until a model of a few hundred is in force.
  private void learn() {
    report(400);
    await(() -> !events(KEY).isEmpty());
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
      LockSupport.parkNanos(10_000_000);
    }
  }

  private List<ModelEvent> events(String key) {
    return predictor
        .stub()
        .listModelEvents(ListModelEventsRequest.newBuilder().setModelKey(key).build())
        .getEventsList();
  }

  private void report(int count) {
    report(count, "one", 1);
  }

  private void report(int count, String instance, double slow) {
    SplittableRandom random = new SplittableRandom(reported.get());
    ReportExecutionsRequest.Builder request = ReportExecutionsRequest.newBuilder();
    for (int i = 0; i < count; i++) {
      double tokens = random.nextInt(10, 1_000);
      request.addReports(
          ExecutionReport.newBuilder()
              .setTaskId("task-" + reported.getAndIncrement())
              .setAttempt(1)
              .setModelType("embed")
              .setTarget(A100)
              .setTiUuid(instance)
              .putFeatures("tokens", tokens)
              .setExecutionMs((10 + 2 * tokens) * slow * Math.exp(0.1 * random.nextGaussian())));
    }
    assertThat(predictor.stub().reportExecutions(request.build()).getAccepted()).isEqualTo(count);
  }

  private Distribution ask(String instance) {
    return predictor
        .stub()
        .predictDistributions(
            PredictDistributionsRequest.newBuilder()
                .addQueries(
                    PredictionQuery.newBuilder()
                        .setModelType("embed")
                        .putFeatures("tokens", 500)
                        .addTargets(A100.toBuilder().setTiUuid(instance)))
                .build())
        .getAnswers(0)
        .getDistributions(0);
  }
}
