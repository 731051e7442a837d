package io.swarmpilot.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmpilot.taskinstance.TaskInstanceConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
  /// Nothing listens on port 1 of this machine.
  private static final String NOWHERE = "http://127.0.0.1:1";

  @ParameterizedTest
  @ValueSource(strings = {"", "up", "submit", "scheduler", "taskinstance"})
  void explainsItself(String command) throws IOException {
    CommandLineRun run =
        command.isEmpty() ? CommandLineRun.of("--help") : CommandLineRun.of(command, "--help");

    assertThat(run.code()).isZero();
    String help = run.out().replace(TaskInstanceConfig.detectedHardware(), "HARDWARE");
    assertThat(help).isEqualTo(golden(command.isEmpty() ? "swarmpilot" : command, help));
  }

  @Test
  void showsItsHelpWithoutACommand() {
    assertThat(CommandLineRun.of().out()).isEqualTo(CommandLineRun.of("--help").out());
  }

  @ParameterizedTest
  @CsvSource({
    "submt, Did you mean: swarmpilot submit?",
    "submit, Missing required",
    "submit m --input, Missing required parameter for option",
    "up --instances many, is not an int",
    "task, Missing required",
    "queues --nonsense, Unknown option",
    "scheduler --result-ttl soon, is not a time such as",
    "scheduler --max-result-bytes big, is not a size such as",
    "scheduler --order-base much, is not a double",
    "tasks --since yesterday, is not a moment such as",
    "tasks --success perhaps, is not a boolean"
  })
  void refusesWrongUsageWithCode2(String line, String why) {
    CommandLineRun run = CommandLineRun.of(line.split(" "));

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains(why).doesNotContain("\tat ");
    assertThat(run.out()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "health",
        "queues",
        "instances",
        "tasks",
        "task x",
        "task x --wait --max-wait 1s",
        "tasks --since 10m --success true",
        "explain x",
        "dry-run --input []",
        "submit m --input {} --priority high --slo 2s",
        "strategy",
        "strategy weighted",
        "predict-mode",
        "cancel x",
        "submit m --input {}",
        "instances register localhost 8100",
        "instances remove x"
      })
  void saysInOneLineThatNobodyAnswers(String line) {
    CommandLineRun run = CommandLineRun.of((line + " --server " + NOWHERE).split(" "));

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines()).hasSize(1);
  }

  @Test
  void saysHowToStartTheMesh() {
    assertThat(CommandLineRun.of("health", "--server", NOWHERE).err())
        .startsWith("swarmpilot: cannot reach the scheduler at 127.0.0.1:1 (Connection refused")
        .endsWith("Is it running? ./swarmpilot up\n");
  }

  @Test
  void showsATraceOnlyWhenAsked() {
    assertThat(CommandLineRun.of("health", "--server", NOWHERE, "--verbose").err())
        .contains("\tat ");
    assertThat(
            CommandLineRun.with(Map.of("LOG_LEVEL", "DEBUG"), "health", "--server", NOWHERE).err())
        .contains("\tat ");
  }

  @ParameterizedTest
  @CsvSource({
    "'submit m --input {', is not JSON",
    "'submit m --input @/does/not/exist', cannot be read",
    "'submit m --input {} --metadata nope', is not JSON",
    "'health --server ftp://x:1', neither http nor https",
    "'health --port-offset 99999', out of range",
    "'up --instances 99', --instances must be 0 to 64",
    "'scheduler --overdue-every 0', --overdue-every must be 1 to 1000",
    "'scheduler --strategy nonsense', there is no strategy nonsense; choose one of",
    "'up --replicas 0', --replicas must be 1 to 1024",
    "'gateway', nothing to stand in front of",
    "'taskinstance --index 64', --index must be 0 to 63",
    "'models pull gpt-5', there is nothing to fetch for 'gpt-5'; there is: moonshine-tiny",
    "'models pull moonshine-tiny --registry ftp://a', no address of a registry",
    "'models pull moonshine-tiny --models-dir target/w --from pom.xml', as npm pack"
  })
  void refusesImpossibleWishesWithCode1(String line, String why) {
    CommandLineRun run = CommandLineRun.of(line.split(" "));

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains(why);
    assertThat(run.err().lines()).hasSize(1);
  }

  @Test
  void tellsItsVersion() {
    assertThat(CommandLineRun.of("version").out()).startsWith("swarmpilot ");
    assertThat(CommandLineRun.of("--version").out()).isEqualTo(CommandLineRun.of("version").out());
  }

  /// What a help text is expected to be; `-Dgolden.update=true` writes what it is now.
  private static String golden(String name, String actual) throws IOException {
    Path file = Path.of("src/test/resources/help", name + ".txt");
    if (Boolean.getBoolean("golden.update")) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, actual);
    }
    return Files.readString(file);
  }
}
