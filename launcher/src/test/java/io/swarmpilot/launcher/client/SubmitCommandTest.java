package io.swarmpilot.launcher.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmpilot.launcher.CommandLineRun;
import io.swarmpilot.proto.scheduler.v1.SubmitTaskRequest;
import io.swarmpilot.proto.scheduler.v1.SubmitTaskResponse;
import java.io.IOException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubmitCommandTest {
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

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '|',
      value = {
        "                                           ; {}",
        "--metadata {\"b\":1.0}                     ; {\"b\":1.0}",
        "--priority high                            ; {\"priority\":\"high\"}",
        "--metadata {\"b\":100} --priority 0        ; {\"b\":100,\"priority\":\"0\"}",
        "--slo 2s --give-up-after 1m                ; {\"slo_deadline_ms\":2000,\"timeout_ms\":60000}",
        "--sheddable --user a\"b                    ; {\"sheddable\":true,\"user_id\":\"a\\\"b\"}",
        "--strategy fifo --cost-budget 0.5          ; {\"strategy\":\"fifo\",\"cost_budget\":0.5}"
      })
  void putsItsOptionsIntoTheMetadata(@Nullable String options, String metadata) {
    CommandLineRun run = submit(options == null ? "" : options);
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).isEqualTo("t1\n");
    assertThat(scheduler.asked(SubmitTaskRequest.class).getMetadata().getJson())
        .isEqualTo(metadata);
  }

  @ParameterizedTest
  @CsvSource({
    "--slo soon, 2, is not a time such as",
    "--metadata [] --priority high, 1, --metadata must be a JSON object"
  })
  void refusesWhatCannotBeMeant(String options, int code, String why) {
    CommandLineRun run = submit(options);
    assertThat(run.code()).isEqualTo(code);
    assertThat(run.err()).contains(why);
  }

  private CommandLineRun submit(String options) {
    return scheduler.run(
        Stream.concat(
                Stream.of("submit", "m", "--input", "{}"),
                Stream.of(options.split(" ")).filter(option -> !option.isBlank()))
            .toArray(String[]::new));
  }
}
