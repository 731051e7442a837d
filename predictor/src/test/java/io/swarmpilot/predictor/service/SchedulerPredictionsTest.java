package io.swarmpilot.predictor.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.swarmpilot.proto.predictor.v1.Distribution;
import io.swarmpilot.proto.predictor.v1.ExecutionReport;
import io.swarmpilot.proto.predictor.v1.ExecutionTarget;
import io.swarmpilot.proto.predictor.v1.PredictDistributionsRequest;
import io.swarmpilot.proto.predictor.v1.PredictDistributionsResponse;
import io.swarmpilot.proto.predictor.v1.PredictionQuery;
import io.swarmpilot.proto.predictor.v1.ReportExecutionsRequest;
import io.swarmpilot.proto.predictor.v1.ReportExecutionsResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class SchedulerPredictionsTest {
  private static final ExecutionTarget A100 = target("A100");
  private static final ExecutionTarget H100 = target("H100");

  @TempDir Path directory;
  private PredictorHarness predictor;

  @BeforeEach
  void start() throws IOException {
    predictor = PredictorHarness.start(directory, "predictions.json");
  }

  @AfterEach
  void stop() {
    predictor.close();
  }

  @Test
  void answersEveryTargetInOrder() {
    predictor.report("embed", "A100", Map.of(), 10, 50);
    PredictDistributionsResponse response =
        predictor
            .stub()
            .predictDistributions(
                PredictDistributionsRequest.newBuilder()
                    .addQueries(query("embed", Map.of(), A100, H100))
                    .addQueries(query("gpt-3.5-turbo", Map.of(), A100))
                    .addQueries(query("never-seen", Map.of(), H100, A100, target("")))
                    .addQueries(query("embed", Map.of()))
                    .build());

    assertThat(response.getAnswersList())
        .extracting(
            answer -> answer.getDistributionsList().stream().map(Distribution::getMethod).toList())
        .containsExactly(
            List.of("live", "fallback"),
            List.of("lookup"),
            List.of("prior", "prior", "prior"),
            List.of());
  }

  @Test
  void givesDistributionsWithTails() {
    for (int i = 1; i <= 101; i++) {
      predictor.report("embed", "A100", Map.of(), i, 1);
    }
    Distribution distribution = ask(query("embed", Map.of(), A100), false);

    assertThat(distribution.getQuantilesList()).isSorted().contains(0.05, 0.5, 0.99);
    assertThat(distribution.getValuesMsList()).isSorted();
    assertThat(distribution.getValuesMs(distribution.getQuantilesList().indexOf(0.99)))
        .isCloseTo(100.98, within(1e-9));
    assertThat(distribution.getMeanMs()).isCloseTo(51, within(1e-9));
    assertThat(distribution.getStdMs()).isPositive();
  }

  @Test
  void thePriorIsWide() {
    Distribution prior = ask(query("never-seen", Map.of(), A100), false);

    assertThat(prior.getMethod()).isEqualTo("prior");
    assertThat(prior.getConfidence()).isZero();
    assertThat(prior.getValuesMs(prior.getQuantilesList().indexOf(0.5)))
        .isCloseTo(1_000, within(1e-9));
    assertThat(prior.getStdMs()).isGreaterThan(prior.getMeanMs());
  }

  @Test
  void inTableModeExecutionsDoNotCount() {
    predictor.report("embed", "A100", Map.of(), 10, 50);

    assertThat(ask(query("embed", Map.of(), A100), true).getMethod()).isEqualTo("prior");
    assertThat(ask(query("gpt-3.5-turbo", Map.of(), A100), true).getMethod()).isEqualTo("lookup");
  }

  @Test
  void countsWhatItTookInAndWhatItPassedOver() {
    ExecutionReport good =
        ExecutionReport.newBuilder()
            .setTaskId("t1")
            .setAttempt(1)
            .setModelType("embed")
            .setTarget(A100)
            .putFeatures("n", 1)
            .setExecutionMs(10)
            .build();
    List<ExecutionReport> reports =
        List.of(
            good,
            good,
            good.toBuilder().setAttempt(2).build(),
            good.toBuilder().setTaskId("t2").setExecutionMs(0).build(),
            good.toBuilder().setTaskId("t3").setExecutionMs(Double.NaN).build(),
            good.toBuilder().setTaskId("t4").setExecutionMs(-1).build(),
            good.toBuilder().setTaskId("t5").setExecutionMs(Double.POSITIVE_INFINITY).build(),
            good.toBuilder().setTaskId("t6").putFeatures("n", Double.NaN).build(),
            good.toBuilder().setTaskId("t7").setModelType("").build(),
            good.toBuilder().setTaskId("t8").setModelType("m".repeat(257)).build(),
            good.toBuilder().setTaskId("t".repeat(257)).build(),
            good.toBuilder().setTaskId("t9").putAllFeatures(features(65)).build());

    assertThat(report(reports))
        .isEqualTo(ReportExecutionsResponse.newBuilder().setAccepted(2).setIgnored(10).build());
    assertThat(report(reports))
        .isEqualTo(ReportExecutionsResponse.newBuilder().setAccepted(0).setIgnored(12).build());
  }

  @Test
  void refusesWhatBreaksABound() {
    assertThat(
            PredictorHarness.violations(
                () -> report(Collections.nCopies(10_001, ExecutionReport.getDefaultInstance()))))
        .containsExactly("reports value_error: must have at most 10000 elements");
    assertThat(violations(Collections.nCopies(1_001, query("m", Map.of()))))
        .containsExactly("queries value_error: must have at most 1000 elements");
    assertThat(
            violations(
                List.of(
                    query("m", Map.of()).toBuilder()
                        .addAllTargets(Collections.nCopies(1_001, A100))
                        .build())))
        .containsExactly("queries[0].targets value_error: must have at most 1000 elements");
    assertThat(
            violations(
                Collections.nCopies(
                    101,
                    query("m", Map.of()).toBuilder()
                        .addAllTargets(Collections.nCopies(1_000, A100))
                        .build())))
        .containsExactly("queries value_error: must have at most 100000 targets in all");
  }

  @Test
  void refusesQueriesNamingTheField() {
    assertThat(
            violations(
                List.of(
                    query("m", Map.of()),
                    query("", Map.of("n", Double.NaN)),
                    query("m", features(65)))))
        .containsExactly(
            "queries[1].model_type missing: Field required",
            "queries[1].features.n value_error: must be a finite number",
            "queries[2].features value_error: must have at most 64 elements");
  }

  @Test
  void manyCallersReportAndAskAtOnce() throws Exception {
    int callers = 8;
    try (ExecutorService executor = Executors.newFixedThreadPool(callers)) {
      List<Callable<Integer>> calls = new ArrayList<>();
      for (int c = 0; c < callers; c++) {
        String prefix = "caller-" + c / 2 + "-";
        calls.add(() -> reportAndAsk(prefix));
      }
      int accepted = 0;
      for (Future<Integer> call : executor.invokeAll(calls, 15, TimeUnit.SECONDS)) {
        accepted += call.get();
      }
      assertThat(accepted).as("each pair of callers shares its ids").isEqualTo(callers / 2 * 500);
    }
  }

  private int reportAndAsk(String prefix) {
    int accepted = 0;
    for (int round = 0; round < 50; round++) {
      List<ExecutionReport> reports = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        reports.add(
            ExecutionReport.newBuilder()
                .setTaskId(prefix + round + "-" + i)
                .setModelType("embed")
                .setTarget(A100)
                .setExecutionMs(10)
                .build());
      }
      accepted += report(reports).getAccepted();
      assertThat(ask(query("embed", Map.of(), A100), false).getMethod()).isEqualTo("live");
    }
    return accepted;
  }

  private Distribution ask(PredictionQuery query, boolean tableOnly) {
    return predictor
        .stub()
        .predictDistributions(
            PredictDistributionsRequest.newBuilder()
                .addQueries(query)
                .setLookupTable(tableOnly)
                .build())
        .getAnswers(0)
        .getDistributions(0);
  }

  private ReportExecutionsResponse report(List<ExecutionReport> reports) {
    return predictor
        .stub()
        .reportExecutions(ReportExecutionsRequest.newBuilder().addAllReports(reports).build());
  }

  private List<String> violations(List<PredictionQuery> queries) {
    return PredictorHarness.violations(() ->
        predictor
            .stub()
            .predictDistributions(
                PredictDistributionsRequest.newBuilder().addAllQueries(queries).build()));
  }

  private static PredictionQuery query(
      String type, Map<String, Double> features, ExecutionTarget... targets) {
    return PredictionQuery.newBuilder()
        .setModelType(type)
        .putAllFeatures(features)
        .addAllTargets(List.of(targets))
        .build();
  }

  private static Map<String, Double> features(int count) {
    return IntStream.range(0, count).boxed().collect(Collectors.toMap(i -> "f" + i, i -> 1.0));
  }

  private static ExecutionTarget target(String hardware) {
    return ExecutionTarget.newBuilder().setHardware(hardware).build();
  }
}
