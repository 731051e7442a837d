package io.swarmpilot.scheduler.service;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.StatusRuntimeException;
import io.swarmpilot.proto.scheduler.v1.CancelTaskRequest;
import io.swarmpilot.proto.scheduler.v1.ListShadowsRequest;
import io.swarmpilot.proto.scheduler.v1.ListShadowsResponse;
import io.swarmpilot.proto.scheduler.v1.RecordTraceRequest;
import io.swarmpilot.proto.scheduler.v1.RecordTraceResponse;
import io.swarmpilot.proto.scheduler.v1.ShadowReport;
import io.swarmpilot.proto.scheduler.v1.ShadowServiceGrpc;
import io.swarmpilot.proto.scheduler.v1.ShadowServiceGrpc.ShadowServiceBlockingStub;
import io.swarmpilot.proto.scheduler.v1.StartShadowRequest;
import io.swarmpilot.proto.scheduler.v1.StopShadowRequest;
import io.swarmpilot.proto.scheduler.v1.SubmitTaskRequest;
import io.swarmpilot.proto.scheduler.v1.TraceRow;
import io.swarmpilot.runtime.json.JsonValues;
import io.swarmpilot.scheduler.testing.Mesh;
import io.swarmpilot.scheduler.testing.ScriptedInstance;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Shadows and traces through the service, beside a mesh that runs.
class ShadowServiceTest {
  private @Nullable Mesh started;

  @BeforeEach
  void start() throws Exception {
    Mesh mesh = Mesh.inProcess();
    started = mesh;
    mesh.add(new ScriptedInstance("a", "m", 1).answeringAtOnce(), 1);
    mesh.add(new ScriptedInstance("b", "m", 1).answeringAtOnce(), 2);
  }

  @AfterEach
  void stop() {
    mesh().close();
  }

  @Test
  void comparesTheSameTasks() throws InterruptedException {
    ShadowReport begun = start("round-robin");
    assertThat(begun.getName()).isEqualTo("round_robin");
    assertThat(begun.getState()).isEqualTo("running");
    assertThat(begun.getShadow().hasSlowdownMean()).isFalse();

    for (int i = 0; i < 20; i++) {
      mesh().await(mesh().submit("m").getTaskId());
    }
    Mesh.eventually("all are compared", () -> report().getComparedTasks() == 20);
    assertThat(report().getLive().getTasks()).isEqualTo(20);
    assertThat(report().getShadow().getWithin5X()).isBetween(0.0, 1.0);
    assertThat(report().getFaults()).isZero();

    ShadowReport last =
        shadows()
            .stopShadow(StopShadowRequest.newBuilder().setName("round_robin").build())
            .getShadow();
    assertThat(last.getComparedTasks()).isEqualTo(20);
    assertThat(list().getShadowsCount()).isZero();
  }

  @Test
  void leavesOutWhatACallerWithdraws() throws InterruptedException {
    start("round_robin");
    addTo(new ScriptedInstance("c", "other", 1));
    String id = mesh().submit("other").getTaskId();
    mesh().stub().cancelTask(CancelTaskRequest.newBuilder().setTaskId(id).build());
    Mesh.eventually("it is left out", () -> report().getExcludedTasks() == 1);
    Mesh.eventually("nothing is open", () -> report().getOpenTasks() == 0);
  }

  @Test
  void runsEightAtOnceAndNoMore() {
    for (int i = 0; i < 8; i++) {
      shadows()
          .startShadow(
              StartShadowRequest.newBuilder().setStrategy("random").setName("s" + i).build());
    }
    assertThatThrownBy(() -> start("fifo"))
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessageContaining("8 shadows run already");
    assertThatThrownBy(() ->
            shadows()
                .startShadow(
                    StartShadowRequest.newBuilder().setStrategy("fifo").setName("s0").build()))
        .hasMessageContaining("There is a shadow named s0 already");
    assertThatThrownBy(
            () -> shadows().stopShadow(StopShadowRequest.newBuilder().setName("none").build()))
        .hasMessageContaining("No shadow is named none");
    assertThat(list().getShadowsList()).extracting(ShadowReport::getName).contains("s0", "s7");
  }

  @ParameterizedTest
  @CsvSource({
    "'',      a,  10, 1,    strategy",
    "nosuch,  a,  10, 1,    'must be one of shortest_queue'",
    "fifo,    a/, 10, 1,    'name: must be 1 to 64'",
    "fifo,    a,   0, 1,    'window_tasks: must be 1 to 100000'",
    "fifo,    a,  10, -1,   'longest_lag_seconds: must be 0 to 3600'",
    "fifo,    a,  10, NaN,  'longest_lag_seconds: must be 0 to 3600'"
  })
  void saysWhatIsWrong(String strategy, String name, int window, double lag, String why) {
    assertThatThrownBy(() ->
            shadows()
                .startShadow(
                    StartShadowRequest.newBuilder()
                        .setStrategy(strategy)
                        .setName(name)
                        .setWindowTasks(window)
                        .setLongestLagSeconds(lag)
                        .build()))
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessageContaining("INVALID_ARGUMENT")
        .hasMessageContaining(why);
    assertThat(list().getShadowsCount()).isZero();
  }

  @Test
  void recordsWhatEndsWithoutItsInput() {
    Iterator<RecordTraceResponse> rows =
        shadows().recordTrace(RecordTraceRequest.getDefaultInstance());
    assertThat(rows.next().hasRow()).isFalse();

    String id =
        mesh()
            .stub()
            .submitTask(
                SubmitTaskRequest.newBuilder()
                    .setModelName("m")
                    .setTaskInput(JsonValues.of("{\"text\":\"secret\"}"))
                    .setMetadata(
                        JsonValues.of(
                            "{\"input_tokens\":12,\"output_tokens\":34,\"batch_size\":2}"))
                    .build())
            .getTaskId();
    RecordTraceResponse answer = rows.next();
    TraceRow row = answer.getRow();
    assertThat(row.getTaskId()).isEqualTo(id);
    assertThat(row.getInputTokens()).isEqualTo(12);
    assertThat(row.getOutputTokens()).isEqualTo(34);
    assertThat(row.getFeaturesMap()).containsEntry("batch_size", 2.0);
    assertThat(row.getExecutionMs()).isEqualTo(5);
    assertThat(row.getResponseMs()).isPositive();
    assertThat(answer.getMissedRows()).isZero();
    assertThat(answer.toString()).doesNotContain("secret");
  }

  @Test
  void takesSixteenRecordersAndForgetsThoseWhoLeave() throws InterruptedException {
    var context = io.grpc.Context.current().withCancellation();
    context.run(() -> {
      for (int i = 0; i < 16; i++) {
        shadows().recordTrace(RecordTraceRequest.getDefaultInstance()).next();
      }
      assertThatThrownBy(
              () -> shadows().recordTrace(RecordTraceRequest.getDefaultInstance()).next())
          .hasMessageContaining("Too many readers");
    });
    context.cancel(null);
    Mesh.eventually(
        "there is room again",
        () -> {
          try {
            shadows().recordTrace(RecordTraceRequest.getDefaultInstance()).next();
            return true;
          } catch (StatusRuntimeException e) {
            return false;
          }
        });
  }

  private void addTo(ScriptedInstance instance) {
    try {
      mesh().add(instance, 3);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private ShadowReport start(String strategy) {
    return shadows()
        .startShadow(StartShadowRequest.newBuilder().setStrategy(strategy).build())
        .getShadow();
  }

  private ListShadowsResponse list() {
    return shadows().listShadows(ListShadowsRequest.getDefaultInstance());
  }

  private ShadowReport report() {
    return list().getShadows(0);
  }

  private Mesh mesh() {
    return requireNonNull(started);
  }

  private ShadowServiceBlockingStub shadows() {
    return ShadowServiceGrpc.newBlockingStub(mesh().channel())
        .withDeadlineAfter(20, TimeUnit.SECONDS);
  }
}
