package io.swarmpilot.taskinstance.backend.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmpilot.runtime.error.FieldViolation;
import io.swarmpilot.runtime.error.Violations;
import io.swarmpilot.taskinstance.backend.ReplicaSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineSettingsTest {
  @TempDir private Path directory;

  @Test
  void hasDefaults() {
    EngineSettings settings = parse("{\"base_url\":\"host:8000\"}", new Violations());

    assertThat(settings.baseUrl()).hasToString("http://host:8000");
    assertThat(settings.model()).isEqualTo("tiny");
    assertThat(settings.slots()).isEqualTo(1);
    assertThat(settings.key()).isEmpty();
    assertThat(settings.timeout()).isEqualTo(Duration.ofMinutes(10));
    assertThat(settings.maxResponseBytes()).isEqualTo(64 << 20);
  }

  @ParameterizedTest
  @CsvSource({
    "http://host:8000/v1/, http://host:8000/v1",
    "https://host/v1, https://host/v1",
    "127.0.0.1:8080, http://127.0.0.1:8080"
  })
  void takesAddressesAsPeopleWriteThem(String written, String meant) {
    Violations violations = new Violations();

    assertThat(BaseUrl.parse(written, "base_url", violations)).hasToString(meant);
    assertThat(violations.found()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | config.base_url",
        "{\"base_url\":5} | config.base_url",
        "{\"base_url\":\"ftp://host\"} | config.base_url",
        "{\"base_url\":\"http://\"} | config.base_url",
        "{\"base_url\":\"http://a b\"} | config.base_url",
        "{\"base_url\":\"http://user:secret@host\"} | config.base_url",
        "{\"base_url\":\"http://host?key=secret\"} | config.base_url",
        "{\"base_url\":\"http://h\",\"slots\":0} | config.slots",
        "{\"base_url\":\"http://h\",\"slots\":1.5} | config.slots",
        "{\"base_url\":\"http://h\",\"slot\":2} | config.slot",
        "{\"base_url\":\"http://h\",\"model\":\"\"} | config.model",
        "{\"base_url\":\"http://h\",\"request_timeout_ms\":0} | config.request_timeout_ms",
        "{\"base_url\":\"http://h\",\"max_response_bytes\":1} | config.max_response_bytes",
        "{\"base_url\":\"http://h\",\"api_key\":\"sk\"} | config.api_key",
        "{\"base_url\":\"http://h\",\"api_key_env\":\"NO_SUCH_VARIABLE_HERE\"} | config.api_key_env",
        "{\"base_url\":\"http://h\",\"api_key_env\":5} | config.api_key_env",
        "{\"base_url\":\"http://h\",\"api_key_file\":\"/no/such/file\"} | config.api_key_file",
        "{\"base_url\":\"http://h\",\"api_key_env\":\"A\",\"api_key_file\":\"b\"} | config.api_key_file"
      })
  void namesTheSettingThatIsWrong(String config, String field) {
    Violations violations = new Violations();

    parse(config, violations);

    assertThat(violations.found()).extracting(FieldViolation::field).containsExactly(field);
  }

  @Test
  void readsAKeyAndShowsItNowhere() throws IOException {
    Path file = Files.writeString(directory.resolve("key"), "sk-secret\n");
    Violations violations = new Violations();
    EngineSettings settings =
        parse("{\"base_url\":\"http://h\",\"api_key_file\":\"%s\"}".formatted(file), violations);

    assertThat(violations.found()).isEmpty();
    assertThat(settings.key().map(ApiKey::authorization)).contains("Bearer sk-secret");
    assertThat(settings.toString()).doesNotContain("sk-secret");
    assertThat(settings.hideKeyIn("wrong key sk-secret")).isEqualTo("wrong key ***");
  }

  @Test
  void readsAKeyFromTheEnvironment() {
    Violations violations = new Violations();

    Optional<ApiKey> key =
        ApiKey.read(
            EngineJson.parse("{\"api_key_env\":\"KEY\"}").orElseThrow(),
            Map.of("KEY", "sk-env")::get,
            violations);

    assertThat(key.map(ApiKey::authorization)).contains("Bearer sk-env");
    assertThat(violations.found()).isEmpty();
  }

  @Test
  void takesNoFileForAKeyThatHoldsMore() throws IOException {
    Path file = Files.writeString(directory.resolve("notes"), "one line\nand another\n");
    Violations violations = new Violations();

    parse("{\"base_url\":\"http://h\",\"api_key_file\":\"%s\"}".formatted(file), violations);

    assertThat(violations.found())
        .extracting(FieldViolation::field)
        .containsExactly("config.api_key_file");
    assertThat(violations.found().toString()).doesNotContain("another");
  }

  private static EngineSettings parse(String config, Violations violations) {
    return EngineSettings.parse(
        new ReplicaSpec("tiny", EngineJson.parse(config).orElseThrow()), "", Set.of(), violations);
  }
}
