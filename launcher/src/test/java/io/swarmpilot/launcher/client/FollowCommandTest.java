package io.swarmpilot.launcher.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmpilot.launcher.CommandLineRun;
import io.swarmpilot.proto.common.v1.OutputStatistics;
import io.swarmpilot.proto.scheduler.v1.FollowTaskRequest;
import io.swarmpilot.proto.scheduler.v1.FollowTaskResponse;
import io.swarmpilot.proto.scheduler.v1.SubmitTaskRequest;
import io.swarmpilot.proto.scheduler.v1.SubmitTaskResponse;
import io.swarmpilot.proto.scheduler.v1.Task;
import io.swarmpilot.proto.scheduler.v1.TaskOutput;
import io.swarmpilot.runtime.json.JsonValues;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FollowCommandTest {
  private ScriptedScheduler scheduler;

  @BeforeEach
  void start() throws IOException {
    scheduler =
        ScriptedScheduler.answering(SubmitTaskResponse.newBuilder().setTaskId("t1").build());
  }

  @AfterEach
  void stop() {
    scheduler.close();
  }

  @Test
  void showsTheTextOfEveryKindOfPiece() {
    CommandLineRun run =
        submit(
            output(1, 0, "{\"choices\":[{\"delta\":{\"role\":\"assistant\"}}]}"),
            output(1, 0, "{\"choices\":[{\"delta\":{\"content\":\"a\"}}]}"),
            output(1, 0, "{\"choices\":[{\"text\":\"b\"}]}"),
            output(1, 3, "{\"message\":{\"content\":\"c\"},\"done\":false}"),
            output(1, 0, "\"d\""),
            output(1, 0, "[5]"),
            completed());

    assertThat(run.err()).isEmpty();
    assertThat(run.out().lines())
        .containsExactly(
            "ab[… 3 pieces dropped …]cd[5]",
            "",
            "",
            "t1: waited 2.0 ms, executed 9.0 ms, first output after 4.0 ms, then every 2.5 ms, 3"
                + " tokens");
    assertThat(run.code()).isZero();
    assertThat(scheduler.asked(SubmitTaskRequest.class)).isNotNull();
    assertThat(scheduler.asked(FollowTaskRequest.class).getTaskId()).isEqualTo("t1");
  }

  @Test
  void saysThatAnotherAttemptBeginsAgain() {
    assertThat(submit(output(1, 0, "\"a\""), output(2, 0, "\"b\""), completed()).out())
        .startsWith("a\n(its instance was lost; attempt 2 begins again)\nb\n\nt1: ");
  }

  @Test
  void failsWhenTheTaskFails() {
    CommandLineRun run =
        submit(
            event(
                "task_completed",
                Task.newBuilder().setTaskId("t1").setSuccess(false).setError("timeout: 5 s")));
    assertThat(run.out()).isEqualTo("t1 failed: timeout: 5 s\n");
    assertThat(run.code()).isEqualTo(1);
  }

  @Test
  void printsEveryEventToPrograms() {
    CommandLineRun run =
        scheduler
            .telling(List.of(output(1, 0, "1.0"), completed()))
            .run("task", "t1", "--follow", "--json");
    assertThat(run.out().lines()).hasSize(2);
    assertThat(run.out())
        .startsWith(
            "{\"event\":\"task_output\",\"data\":null,\"output\":{\"attempt\":1,\"sequence\":0,"
                + "\"dropped\":0,\"piece\":1.0}}\n");
    assertThat(run.code()).isZero();
  }

  private CommandLineRun submit(FollowTaskResponse... events) {
    return scheduler.telling(List.of(events)).run("submit", "m", "--input", "{}", "--stream");
  }

  private static FollowTaskResponse output(int attempt, int dropped, String json) {
    return FollowTaskResponse.newBuilder()
        .setEvent("task_output")
        .setOutput(
            TaskOutput.newBuilder()
                .setAttempt(attempt)
                .setDropped(dropped)
                .setPiece(JsonValues.of(json)))
        .build();
  }

  private static FollowTaskResponse completed() {
    return event(
        "task_completed",
        Task.newBuilder()
            .setTaskId("t1")
            .setSuccess(true)
            .setWaitTimeMs(2)
            .setExecutionTimeMs(9)
            .setOutput(
                OutputStatistics.newBuilder()
                    .setTimeToFirstOutputMs(4)
                    .setGapMeanMs(2.5)
                    .setCompletionTokens(3)));
  }

  private static FollowTaskResponse event(String name, Task.Builder task) {
    return FollowTaskResponse.newBuilder().setEvent(name).setData(task).build();
  }
}
