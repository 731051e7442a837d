package io.swarmpilot.launcher.toolkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmpilot.launcher.CommandLineRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What `validate-recipe` says and how it ends.
class ValidateRecipeCommandTest {
  @TempDir Path directory;

  @Test
  void aGoodWorkloadIsValid() throws IOException {
    CommandLineRun run =
        validate("good.yaml", "service: dummy\nduration: 60s\nconcurrency: [1, 2]\n", "-v");

    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("good.yaml is valid", "single_run-concurrency2");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void everyFaultIsShownWithItsPlace() throws IOException {
    CommandLineRun run =
        validate("bad.json", "{\"service\": 1, \"duration\": \"1d\", \"slo\": {\"ttft_ms\": 0}}");

    assertThat(run.code()).isOne();
    assertThat(run.err())
        .contains("error    service: ", "error    duration: ", "error    slo -> ttft_ms: ")
        .contains("bad.json is invalid: ")
        .doesNotContain("\tat ", "Exception");
  }

  @Test
  void warningsDoNotMakeItInvalid() throws IOException {
    String recipe =
        """
        scenario: s
        partition: p
        account: a
        orchestration:
          mode: slurm
          total_nodes: 3
          node_allocation: {servers: {nodes: 1}, clients: {nodes: 1, clients_per_node: 4}, monitors: {nodes: 1}}
        resources:
          servers: {gpus: 9, cpus_per_task: 1, mem_gb: 1}
          clients: {cpus_per_task: 1, mem_gb: 1}
        workload: {component: inference, service: ollama, model: m, duration: 60s}
        """;
    CommandLineRun run = validate("odd.yml", recipe);

    assertThat(run.code()).isZero();
    assertThat(run.out())
        .contains("warning  resources.servers.gpus: more than 8", "valid, with 1 warning");
    assertThat(validate("odd.yml", recipe, "-q").out()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "empty.yaml | '' | is empty",
        "empty.json | '' | is empty",
        "list.yaml | [1, 2] | not an object",
        "text.json | \"text\" | not an object",
        "broken.json | {\"a\": | is not JSON: line 1",
        "broken.yaml | 'a: [1' | is not YAML: line",
        "twice.yaml | '{a: 1, a: 2}' | duplicate key",
        "twice.json | {\"a\": 1, \"a\": 2} | Duplicate field",
        "tagged.yaml | '!!java.net.URL [http://example.invalid]' | is not YAML"
      })
  void whatIsNoDocumentIsSaid(String name, String text, String said) throws IOException {
    CommandLineRun run = validate(name, text);

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains(name, said).doesNotContain("\tat ");
    assertThat(run.err().lines()).hasSize(1);
  }

  @Test
  void aFileThatIsNotThereIsSaid() {
    CommandLineRun run =
        CommandLineRun.of("validate-recipe", directory.resolve("none.yaml").toString());

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("none.yaml: there is no such file");
  }

  @Test
  void anotherSchemaJudgesInstead() throws IOException {
    Path schema = Files.writeString(directory.resolve("s.json"), "{\"required\": [\"color\"]}");
    String recipe = "service: dummy\nduration: 60s\n";

    assertThat(validate("r.yaml", recipe, "--schema", schema.toString()).err())
        .contains("color: required");
    assertThat(validate("r.yaml", recipe, "--schema", directory + "/none").code()).isEqualTo(2);
  }

  private CommandLineRun validate(String name, String text, String... options) throws IOException {
    Path file = Files.writeString(directory.resolve(name), text);
    String[] arguments = new String[options.length + 2];
    arguments[0] = "validate-recipe";
    arguments[1] = file.toString();
    System.arraycopy(options, 0, arguments, 2, options.length);
    return CommandLineRun.of(arguments);
  }
}
