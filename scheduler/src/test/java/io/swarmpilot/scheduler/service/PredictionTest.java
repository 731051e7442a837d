package io.swarmpilot.scheduler.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmpilot.proto.predictor.v1.Distribution;
import io.swarmpilot.proto.predictor.v1.ExecutionReport;
import io.swarmpilot.proto.predictor.v1.PredictionQuery;
import io.swarmpilot.proto.scheduler.v1.ExplainTaskRequest;
import io.swarmpilot.proto.scheduler.v1.SetPredictModeRequest;
import io.swarmpilot.proto.scheduler.v1.SubmitTaskRequest;
import io.swarmpilot.proto.scheduler.v1.Task;
import io.swarmpilot.proto.scheduler.v1.UsedPrediction;
import io.swarmpilot.runtime.json.JsonValues;
import io.swarmpilot.scheduler.SchedulingConfig;
import io.swarmpilot.scheduler.testing.Mesh;
import io.swarmpilot.scheduler.testing.ScriptedInstance;
import io.swarmpilot.scheduler.testing.ScriptedPredictor;
import io.swarmpilot.scheduler.testing.ScriptedPredictor.Behaviour;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Predictions, good, bad and none: the task is placed whatever comes, and says what it rests on.
final class PredictionTest {
  /// Four in ten executions take at most 5 ms, which is what a scripted instance claims.
  private static final Distribution AROUND_FIVE =
      Distribution.newBuilder()
          .setMeanMs(6)
          .setStdMs(2)
          .setMethod("model")
          .addAllQuantiles(List.of(0.2, 0.4, 0.8))
          .addAllValuesMs(List.of(4.0, 5.0, 8.0))
          .build();

  @Test
  void oneQuestionForManyLikeTasks() throws Exception {
    try (Mesh mesh = Mesh.under("shortest_queue")) {
      mesh.add(new ScriptedInstance("one", "m", 1), 8100);
      mesh.add(new ScriptedInstance("two", "m", 1), 8101);
      for (int i = 0; i < 20; i++) {
        mesh.submit("m");
      }
      assertThat(mesh.predictor().calls()).isBetween(1, 10);
      PredictionQuery query = mesh.predictor().requests().take().getQueries(0);
      assertThat(query.getTargetsList()).as("the distinct kinds of instance").hasSize(1);
      assertThat(query.getTargets(0).getHardware()).isEqualTo("cpu");
      assertThat(query.getFeaturesMap()).containsOnlyKeys("input_bytes");
    }
  }

  @Test
  void metadataGivesFeaturesAndIdentity() throws Exception {
    try (Mesh mesh = Mesh.under("shortest_queue")) {
      mesh.add(new ScriptedInstance("one", "m", 1), 8100);
      String metadata =
          """
          {"input_tokens": 81, "output_tokens": 7.5, "hardware": "H100", "model_name": "big",
           "priority": 3, "slo_deadline_ms": 500, "nested": {"a": 1}, "flag": true, "text": "t"}\
          """;
      submit(mesh, metadata);
      PredictionQuery query = mesh.predictor().requests().take().getQueries(0);
      assertThat(query.getFeaturesMap())
          .containsOnly(
              java.util.Map.entry("input_tokens", 81.0), java.util.Map.entry("output_tokens", 7.5));
      assertThat(query.getTargets(0).getHardware()).isEqualTo("H100");
      assertThat(query.getModelName()).isEqualTo("big");
    }
  }

  @Test
  void aTimeTheCallerKnowsIsTaken() throws Exception {
    try (Mesh mesh = Mesh.under("shortest_queue")) {
      mesh.add(new ScriptedInstance("one", "m", 1), 8100);
      Task task = submit(mesh, "{\"server_time_cost\": 100}");
      assertThat(task.getPredictedMs()).isEqualTo(100);
      assertThat(task.getPredictedErrorMs()).isEqualTo(Math.sqrt(5));
      assertThat(task.getPredictionMethod()).isEqualTo("metadata");
      assertThat(mesh.predictor().calls()).isZero();
    }
  }

  @Test
  void badAnswersFallBackToThePriorAndThenToWhatWasSeen() throws Exception {
    List<Distribution> bad =
        List.of(
            ScriptedPredictor.GOOD.toBuilder().setMeanMs(Double.NaN).build(),
            ScriptedPredictor.GOOD.toBuilder().setMeanMs(-5).build(),
            ScriptedPredictor.GOOD.toBuilder().setStdMs(Double.POSITIVE_INFINITY).build(),
            ScriptedPredictor.GOOD.toBuilder()
                .addAllQuantiles(List.of(0.5, 0.25))
                .addAllValuesMs(List.of(1.0, 2.0))
                .build(),
            ScriptedPredictor.GOOD.toBuilder().addQuantiles(0.5).build());
    try (Mesh mesh = Mesh.under("shortest_queue")) {
      ScriptedInstance instance = new ScriptedInstance("one", "m", 1);
      mesh.add(instance, 8100);
      int feature = 1;
      for (Distribution distribution : bad) {
        mesh.predictor().answering(distribution);
        feature *= 2;
        Task task = submit(mesh, "{\"input_tokens\":" + feature + "}");
        assertThat(task.getPredictionMethod()).as("%s", distribution).isEqualTo("prior");
        assertThat(task.getPredictionFallback()).as("%s", distribution).isTrue();
        assertThat(task.getPredictedMs()).isEqualTo(1_000);
      }
      instance.complete(instance.next());
      Mesh.eventually("learned", () -> mesh.predictor().reports().size() == 1);
      Task task = submit(mesh, "{\"input_tokens\": 77777}");
      assertThat(task.getPredictionMethod()).isEqualTo("statistics");
      assertThat(task.getPredictedMs()).isEqualTo(5);
    }
  }

  @Test
  void aPredictorThatIsDownSlowOrShortOfAnswersDelaysNobody() throws Exception {
    for (Behaviour behaviour :
        List.of(Behaviour.FAIL, Behaviour.NEVER_ANSWER, Behaviour.WRONG_COUNT)) {
      try (Mesh mesh =
          Mesh.inProcess(config ->
              config
                  .withPredictionBudget(Duration.ofMillis(20))
                  .withScheduling(SchedulingConfig.DEFAULTS.withStrategy("shortest_queue")))) {
        mesh.add(new ScriptedInstance("one", "m", 1), 8100);
        mesh.predictor().behaving(behaviour);
        long start = System.nanoTime();
        for (int i = 1; i <= 40; i++) {
          Task task = submit(mesh, "{\"input_tokens\":" + (1 << (i % 20)) + "}");
          assertThat(task.getPredictionMethod()).as("%s", behaviour).isEqualTo("prior");
        }
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start))
            .as("%s", behaviour)
            .isLessThan(10_000);
        assertThat(mesh.predictor().calls()).as("the breaker opens").isLessThan(40);
      }
    }
  }

  @Test
  void executionsAreReported() throws Exception {
    try (Mesh mesh = Mesh.under("shortest_queue")) {
      ScriptedInstance instance = new ScriptedInstance("one", "m", 1);
      String uuid = mesh.add(instance, 8100);
      mesh.predictor().answering(AROUND_FIVE);
      Task task = submit(mesh, "{\"input_tokens\": 9}");
      instance.complete(instance.next());
      ExecutionReport report = mesh.predictor().reports().poll(10, TimeUnit.SECONDS);
      assertThat(report.getTaskId()).isEqualTo(task.getTaskId());
      assertThat(report.getExecutionMs()).isEqualTo(5);
      assertThat(report.getPredictedMs()).isEqualTo(6);
      assertThat(report.getPredictionMethod()).isEqualTo("model");
      assertThat(report.getPredictedProbability()).isEqualTo(0.4);
      assertThat(report.getTiUuid()).isEqualTo(uuid);
      assertThat(report.getTarget().getHardware()).isEqualTo("cpu");
      assertThat(report.getFeaturesMap()).containsEntry("input_tokens", 9.0);
    }
  }

  @Test
  void theSlowdownOfTheInstanceIsReported() throws Exception {
    try (Mesh mesh = Mesh.under("shortest_queue")) {
      ScriptedInstance instance = new ScriptedInstance("one", "m", 1);
      String uuid = mesh.add(instance, 8100);
      double before = 1;
      for (int i = 0; i < 5; i++) {
        submit(mesh, "{}");
        instance.complete(instance.next());
        ExecutionReport report = mesh.predictor().reports().poll(10, TimeUnit.SECONDS);
        assertThat(report.getSlowdown()).as("100 ms expected, 5 taken").isLessThan(before);
        assertThat(report.getPredictedProbability()).isLessThan(0.01);
        before = report.getSlowdown();
      }
      double last = before;
      Mesh.eventually("as shown", () -> mesh.instance(uuid).getSlowdown() == last);
    }
  }

  @Test
  void theModeIsObeyedFromTheNextTaskOn() throws Exception {
    try (Mesh mesh = Mesh.inProcess()) {
      mesh.add(new ScriptedInstance("one", "m", 1), 8100);
      String metadata = "{\"input_tokens\": 9}";
      for (boolean lookup : new boolean[] {false, true, false}) {
        setMode(mesh, lookup ? "lookup_table" : "standard");
        mesh.predictor().requests().clear();
        submit(mesh, metadata);
        // An answer to the other mode's question may be remembered, but is none to this one.
        assertThat(mesh.predictor().requests())
            .allMatch(request -> request.getLookupTable() == lookup);
        assertThat(mesh.predictor().calls()).isGreaterThan(lookup ? 1 : 0);
      }
    }
  }

  @Test
  void whatStandsInIsMarkedInTheExplanationToo() throws Exception {
    try (Mesh mesh = Mesh.inProcess()) {
      mesh.add(new ScriptedInstance("one", "m", 1), 8100);
      mesh.predictor().behaving(Behaviour.FAIL);
      Task task = submit(mesh, "{}");
      assertThat(task.getPredictionFallback()).isTrue();
      UsedPrediction used =
          mesh.stub()
              .explainTask(ExplainTaskRequest.newBuilder().setTaskId(task.getTaskId()).build())
              .getDecisions(0)
              .getPrediction();
      assertThat(used.getMethod()).isEqualTo("prior");
      assertThat(used.getFallback()).isTrue();
    }
  }

  private static void setMode(Mesh mesh, String mode) {
    String status =
        mesh.stub()
            .setPredictMode(SetPredictModeRequest.newBuilder().setMode(mode).build())
            .getStatus();
    assertThat(status).isEqualTo("success");
  }

  private static Task submit(Mesh mesh, String metadata) {
    SubmitTaskRequest request =
        Mesh.task("m").toBuilder().setMetadata(JsonValues.of(metadata)).build();
    return mesh.query(mesh.stub().submitTask(request).getTaskId());
  }
}
