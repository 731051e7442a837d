package io.swarmpilot.launcher.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmpilot.launcher.CommandLineRun;
import io.swarmpilot.launcher.JsonTree;
import io.swarmpilot.proto.scheduler.v1.DryRunRequest;
import io.swarmpilot.proto.scheduler.v1.DryRunResponse;
import io.swarmpilot.proto.scheduler.v1.RequestMetadata;
import io.swarmpilot.proto.scheduler.v1.SchedulingDecision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DryRunCommandTest {
  private static final DryRunResponse ANSWER =
      DryRunResponse.newBuilder()
          .setStrategy("slo_aware")
          .addDecisions(
              SchedulingDecision.newBuilder()
                  .setRequestId("b")
                  .setTargetInstanceId("i1")
                  .setEstimatedLatencyMs(40)
                  .setEstimatedCost(0.25)
                  .setConfidence(0.5)
                  .setReason("fastest instance"))
          .addUnplaced("a")
          .build();

  @TempDir private Path directory;
  private ScriptedScheduler scheduler;

  @BeforeEach
  void start() throws IOException {
    scheduler = ScriptedScheduler.answering(ANSWER);
  }

  @AfterEach
  void stop() {
    scheduler.close();
  }

  @Test
  void asksAboutTheRequestsOfAFile() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("requests.json"),
            """
            {"strategy": "fifo",
             "requests": [{"request_id": "a"}, {"request_id": "b", "slo_deadline_ms": 500}],
             "instances": [{"instance_id": "i1", "current_load": 0.5}]}
            """);
    CommandLineRun run = scheduler.run("dry-run", "--input", "@" + file, "--strategy", "slo-aware");
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .isEqualTo(
            """
            slo_aware would place
            REQUEST  INSTANCE  LATENCY  COST  CONFIDENCE  REASON
            b        i1        40.0 ms  0.25  0.5         fastest instance
            and has no room for a
            """);
    DryRunRequest asked = scheduler.asked(DryRunRequest.class);
    assertThat(asked.getStrategy()).isEqualTo("slo-aware");
    assertThat(asked.getInstances(0).getCurrentLoad()).isEqualTo(0.5);
    assertThat(asked.getRequestsList())
        .extracting(RequestMetadata::getRequestId)
        .containsExactly("a", "b");
  }

  @Test
  void takesRequestsAloneAndLeavesTheStrategyOpen() throws IOException {
    CommandLineRun run = scheduler.run("dry-run", "--input", "[{\"request_id\":\"a\"}]", "--json");
    assertThat(JsonTree.parse(run.out()).text("strategy")).isEqualTo("slo_aware");
    DryRunRequest asked = scheduler.asked(DryRunRequest.class);
    assertThat(asked.getRequests(0).getRequestId()).isEqualTo("a");
    assertThat(asked.hasStrategy()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "nonsense                        ; --input is not JSON",
        "{\"requests\":3}                ; --input: requests: ",
        "[{\"request_id\":\"a\"},{}]     ; --input: requests.1.request_id: "
      })
  void namesWhatIsWrongWithTheInput(String input, String why) {
    CommandLineRun run = scheduler.run("dry-run", "--input", input);
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains(why);
    assertThat(run.err().lines()).hasSize(1);
  }
}
