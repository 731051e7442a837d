package io.swarmpilot.launcher.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmpilot.launcher.settings.CommandFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class EngineOptionsTest {
  @Test
  void saysNothingUnlessTold() {
    EngineOptions options = parse();

    assertThat(options.config()).isEqualTo("{}");
    assertThat(options.isGiven()).isFalse();
  }

  @Test
  void optionsAndTheObjectAreOneConfiguration() {
    EngineOptions options =
        parse(
            "--backend=openai",
            "--base-url=http://localhost:8000",
            "--engine-model=Qwen/Qwen3-0.6B",
            "--slots=16",
            "--api-key-file=/etc/key",
            "--backend-config={\"request_timeout_ms\": 5000}");

    assertThat(options.isGiven()).isTrue();
    assertThat(options.config())
        .isEqualTo(
            "{\"request_timeout_ms\":5000,\"backend\":\"openai\",\"base_url\":\"http://localhost:8000\","
                + "\"model\":\"Qwen/Qwen3-0.6B\",\"api_key_file\":\"/etc/key\",\"slots\":16}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[] | --backend-config must be a JSON object",
        "nonsense | --backend-config is not JSON",
        "{} {} | --backend-config is not JSON",
        "{\"slots\": 1} | --slots and --backend-config both say what 'slots' is"
      })
  void refusesWhatIsNoConfiguration(String object, String why) {
    EngineOptions options = parse("--slots=2", "--backend-config=" + object);

    assertThatThrownBy(options::config)
        .isInstanceOf(CommandFailure.class)
        .hasMessageStartingWith(why);
  }

  private static EngineOptions parse(String... arguments) {
    EngineOptions options = new EngineOptions();
    var _ = new CommandLine(new Host()).addMixin("engine", options).parseArgs(arguments);
    return options;
  }

  @Command
  private static final class Host {}
}
