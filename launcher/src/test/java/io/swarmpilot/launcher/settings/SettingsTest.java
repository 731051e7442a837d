package io.swarmpilot.launcher.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmpilot.launcher.CommandLineRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Where settings come from, seen through `--print-config`.
class SettingsTest {
  @TempDir private Path directory;

  @Test
  void takesFlagThenEnvironmentThenFileThenDefault() throws IOException {
    Path file = file("mesh.yaml", "scheduler:\n  result-ttl: 3h\n  max_attempts: 7\n");
    Map<String, String> environment = Map.of("SWARMPILOT_RESULT_TTL", "2h");

    assertThat(printed(Map.of())).contains("result-ttl: 1h\n", "max-attempts: 3\n");
    assertThat(printed(Map.of(), "--config", file.toString()))
        .contains("result-ttl: 3h\n", "max-attempts: 7\n");
    assertThat(printed(environment, "--config", file.toString()))
        .contains("result-ttl: 2h\n", "max-attempts: 7\n");
    assertThat(printed(environment, "--config", file.toString(), "--result-ttl", "10m"))
        .contains("result-ttl: 10m\n", "max-attempts: 7\n");
  }

  @Test
  void takesSettingsOfGroupsFromEverywhere() throws IOException {
    Path file = file("mesh.yaml", "scheduler:\n  order_base: 4\n  shed: false\n  max-queued: 7\n");
    assertThat(printed(Map.of())).contains("order-base: 6.0\n", "shed: true\n", "strategy: \n");
    assertThat(
            printed(
                Map.of("SWARMPILOT_MAX_QUEUED", "8"),
                "--config",
                file.toString(),
                "--overdue-after",
                "10s"))
        .contains("order-base: 4.0\n", "shed: false\n", "max-queued: 8\n", "overdue-after: 10s\n");
  }

  @Test
  void takesTheFileFromTheEnvironment() throws IOException {
    Path file = file("mesh.properties", "scheduler.maxAttempts=9\nport-offset=1000\n");

    assertThat(printed(Map.of("SWARMPILOT_CONFIG", file.toString())))
        .contains("max-attempts: 9\n", "port-offset: 1000\n");
  }

  @Test
  void knowsTheOtherNamesOfVariables() {
    Map<String, String> environment =
        Map.of(
            "PREDICTOR_URL", "http://predictor:8200",
            "SCHEDULER_CONFIG_PATH", "instances.yaml",
            "SCHEDULER_HOST", "0.0.0.0",
            "SCHEDULER_PORT", "8300");

    assertThat(printed(environment))
        .contains(
            "predictor: http://predictor:8200\n",
            "instances-file: instances.yaml\n",
            "host: 0.0.0.0\n",
            "port: 8300\n");
    assertThat(
            CommandLineRun.with(
                    Map.of("DEFAULT_LOOKUP_TABLE", "table.json"), "predictor", "--print-config")
                .out())
        .contains("default-table: table.json\n");
  }

  @ParameterizedTest
  @CsvSource({
    "'scheduler:\n  result-tl: 3h', unknown setting scheduler.result-tl; did you mean scheduler.result-ttl?",
    "'port-ofset: 3', unknown setting port-ofset; did you mean port-offset?",
    "'completely-different: 3', unknown setting completely-different",
    "'- a\n- b', does not hold",
    "'a: [', is not readable"
  })
  void refusesAFileThatItDoesNotUnderstand(String content, String why) throws IOException {
    Path file = file("mesh.yaml", content);

    CommandLineRun run = CommandLineRun.of("up", "--print-config", "--config", file.toString());

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains(why);
    assertThat(run.err().lines()).hasSize(1);
  }

  @Test
  void refusesAFileThatIsNotThere() {
    CommandLineRun run = CommandLineRun.of("up", "--config=/does/not/exist.yaml");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).isEqualTo("swarmpilot: there is no file /does/not/exist.yaml\n");
  }

  @Test
  void refusesAWrongValueWhereverItComesFrom() {
    CommandLineRun run =
        CommandLineRun.with(
            Map.of("SWARMPILOT_MAX_ATTEMPTS", "many"), "scheduler", "--print-config");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("--max-attempts", "'many' is not an int");
  }

  private static String printed(Map<String, String> environment, String... more) {
    String[] arguments = new String[more.length + 2];
    arguments[0] = "scheduler";
    arguments[1] = "--print-config";
    System.arraycopy(more, 0, arguments, 2, more.length);
    CommandLineRun run = CommandLineRun.with(environment, arguments);
    assertThat(run.err()).isEmpty();
    return run.out();
  }

  private Path file(String name, String content) throws IOException {
    return Files.writeString(directory.resolve(name), content);
  }
}
