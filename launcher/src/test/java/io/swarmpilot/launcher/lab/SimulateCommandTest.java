package io.swarmpilot.launcher.lab;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.swarmpilot.launcher.CommandLineRun;
import io.swarmpilot.launcher.JsonTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulateCommandTest {
  private static final String DATA = "../predictor/src/test/resources/data/";
  private static final String TRACE = DATA + "azure-llm-2023-conv.csv.gz";
  private static final String LATENCIES = DATA + "splitwise-perf-model.csv.gz";

  @TempDir private Path directory = Path.of("");

  @Test
  void printsTheDocumentedJson() {
    CommandLineRun run = simulate("--policies", "round-robin,proportional_deadline", "--json");
    assertThat(run.code()).as(run.err()).isZero();
    List<Map<String, Object>> rows = rows(run);
    assertThat(rows)
        .extracting(row -> row.get("policy"))
        .containsExactly(
            "round_robin",
            "proportional_deadline",
            "clairvoyant_srpt",
            "prequal_like",
            "fcfs_pooled");
    assertThat(rows)
        .extracting(row -> row.get("reference"))
        .containsExactly(false, false, true, true, true);
    assertThat(rows.getFirst())
        .containsKeys(
            "load",
            "mean_s",
            "p50_s",
            "p95_s",
            "p99_s",
            "slowdown_mean",
            "slowdown_p99",
            "within_3x",
            "within_5x",
            "max_wait_s",
            "jain",
            "dropped");
    assertThat(slowdown(rows, 2)).isLessThan(slowdown(rows, 1));
    assertThat(slowdown(rows, 1)).isLessThan(slowdown(rows, 0));
  }

  @Test
  void theSameCommandPrintsTheSame() {
    assertThat(simulate("--json", "--seed", "7").out())
        .isEqualTo(simulate("--json", "--seed", "7").out());
  }

  @Test
  void showsATableAndWritesAPage() throws IOException {
    Path page = directory.resolve("report.html");
    CommandLineRun run = simulate("--load", "0.5,1.2", "--html", page.toString());
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("At load 1 and above nothing is shed")
        .contains("proportional_deadline")
        .contains("(clairvoyant_srpt)");
    assertThat(Files.readString(page)).contains("<svg", "least_requests", "</html>");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--policies best | no policy is named best",
        "--fleet tpu:8 | it knows nothing of llama2-70b on tpu",
        "--model gpt | it knows nothing of gpt on a100",
        "--fleet a100:? | swarmpilot plan",
        "--fleet a100 | is not HARDWARE:NUMBER",
        "--load 0 | --load must be above 0",
        "--noise -1 | --noise must be",
        "--tasks 0 | --tasks must be",
        "--slots 0 | --slots must be",
        "--faults slow | 'slow'",
        "--objective 0 | --objective must be above 0",
        "--prices 1,2 | --prices",
        "--html /nowhere/at/all.html | cannot be written",
      })
  void saysWhatIsWrong(String options, String expected) {
    CommandLineRun run = simulate(options.split(" "));
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains(expected).doesNotContain("\tat ", "unexpected");
  }

  @Test
  void aTraceThatMakesNoSenseIsNamedWithItsRow() throws IOException {
    Path trace = directory.resolve("mine.csv");
    Files.writeString(trace, "arrival_ms,input_tokens,output_tokens\n1,5,5\n2,5,0\n");
    CommandLineRun run =
        CommandLineRun.of("simulate", "--trace", trace.toString(), "--latencies", LATENCIES);
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("mine.csv, row 3: the output has 0 tokens");
  }

  private static CommandLineRun simulate(String... more) {
    List<String> line =
        new ArrayList<>(List.of("simulate", "--trace", TRACE, "--latencies", LATENCIES));
    if (!List.of(more).contains("--fleet")) {
      line.addAll(List.of("--fleet", "a100:8"));
    }
    if (!List.of(more).contains("--tasks")) {
      line.addAll(List.of("--tasks", "1500"));
    }
    line.addAll(List.of(more));
    return CommandLineRun.of(line.toArray(String[]::new));
  }

  private static List<Map<String, Object>> rows(CommandLineRun run) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Object row : JsonTree.parse(run.out()).array("rows")) {
      Map<String, Object> members = new LinkedHashMap<>();
      ((Map<?, ?>) row).forEach((name, value) -> members.put((String) name, value));
      rows.add(members);
    }
    return rows;
  }

  private static double slowdown(List<Map<String, Object>> rows, int row) {
    return ((Number) requireNonNull(rows.get(row).get("slowdown_mean"))).doubleValue();
  }
}
