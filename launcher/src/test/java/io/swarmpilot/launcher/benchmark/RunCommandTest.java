package io.swarmpilot.launcher.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmpilot.launcher.CommandLineRun;
import io.swarmpilot.launcher.JsonTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Load that is answered within the generator.
class RunCommandTest {
  @TempDir private Path directory = Path.of("");

  @Test
  void printsWhatWasMeasuredAndWritesReports() throws IOException {
    Path page = directory.resolve("run.html");
    Path rows = directory.resolve("run.csv");
    CommandLineRun run = run("--users 2 --requests 200 --output " + page + " --output " + rows);
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("200 requests", "200 succeeded", "response, from the intended start")
        .doesNotContain("INVALID");
    assertThat(Files.readString(page)).contains("</html>");
    assertThat(Files.readString(rows)).contains("throughput_rps");
  }

  @Test
  void severalRatesAreATable() {
    CommandLineRun run = run("--rates 50,100 --duration 400ms --arrival constant");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).contains("50 requests/s", "100 requests/s", "p99 ms");
  }

  @Test
  void repetitionsAreOneStepWithIntervals() {
    CommandLineRun run = run("--users 1 --requests 20 --repetitions 3 --json");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(JsonTree.parse(run.out()).array("steps")).hasSize(1);
    assertThat(run.out()).contains("3 runs", "throughput_rps", "confidence_95");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--rate 0 | a rate must be above 0",
        "--rate 5 --users 3 | --rate is an open loop",
        "--users 0 | users must be from 1",
        "--rate 5 --arrival no | no kind 'no'",
        "--rate 5 --ramp 1 | --ramp '1' must be two values",
        "--rate 5 --bursts 1s:x | --bursts: 'x' is not a time",
        "--duration 0s | the duration must be above 0",
        "--prompt-tokens many | --prompt-tokens: 'many'",
        "--prompts /nonexistent.jsonl | there is no such file",
        "--replay /nonexistent.csv | there is no such file",
        "--find-rate 5 | --find-rate needs an objective",
        "--sweep 2 | a sweep has at least 3 runs",
        "--repetitions 0 | --repetitions must be from 1",
        "--max-error-rate 2 | the error rate must be above 0",
        "--requests 1 --output report.doc | no format 'doc'",
        "--api-key-env NO_SUCH_VARIABLE | NO_SUCH_VARIABLE is not set",
        "--api openai-chat --model m | there is no server",
        "--api soap | no API 'soap'",
      })
  void saysWhatIsWrong(String options, String expected) {
    CommandLineRun run = run(options);
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains(expected).doesNotContain("\tat ", "unexpected");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--stall 25 | --stall '25' must be two values",
        "--freeze x:1s | --freeze: 'x' is not a time",
        "--tokens 0 | tokens must be from 1",
        "--error-rate 2 | shares are from 0 to 1",
        "--port 70000 | --port must be from 0",
      })
  void theMockServerSaysWhatIsWrong(String options, String expected) {
    List<String> line = new ArrayList<>(List.of("benchmark", "mock-server"));
    line.addAll(List.of(options.split(" ")));
    CommandLineRun run = CommandLineRun.of(line.toArray(String[]::new));
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains(expected).doesNotContain("\tat ", "unexpected");
  }

  private static CommandLineRun run(String options) {
    List<String> line = new ArrayList<>(List.of("benchmark", "run"));
    if (!options.contains("--api ")) {
      line.addAll(List.of("--api", "dummy"));
    }
    // A loaded machine lags; what that does to a run is a test of its own.
    if (!options.contains("--max-lag")) {
      line.addAll(List.of("--max-lag", "1m"));
    }
    line.addAll(List.of(options.split(" ")));
    return CommandLineRun.of(line.toArray(String[]::new));
  }
}
