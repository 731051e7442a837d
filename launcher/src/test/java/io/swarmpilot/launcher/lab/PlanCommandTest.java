package io.swarmpilot.launcher.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmpilot.launcher.CommandLineRun;
import io.swarmpilot.launcher.JsonTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanCommandTest {
  private static final String DATA = "../predictor/src/test/resources/data/";

  @TempDir private Path directory = Path.of("");

  @Test
  void findsTheSmallestFleet() throws IOException {
    Path page = directory.resolve("plan.html");
    CommandLineRun run =
        plan(
            "--fleet",
            "a100:?",
            "--rate",
            "0.5",
            "--prices",
            "17.6",
            "--html",
            page.toString(),
            "--json");
    assertThat(run.code()).as(run.err()).isZero();
    Map<?, ?> ours = (Map<?, ?>) JsonTree.parse(run.out()).array("plans").getFirst();
    assertThat(ours.get("policy")).isEqualTo("proportional_deadline");
    assertThat(ours.get("found")).isEqualTo(true);
    assertThat((Integer) ours.get("replicas")).isBetween(5, 12);
    assertThat((Double) ours.get("cost_per_1000")).isPositive();
    assertThat(Files.readString(page)).contains("proportional_deadline", "</html>");
  }

  @Test
  void findsTheHighestLoad() {
    CommandLineRun run = plan("--fleet", "a100:8");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).contains("STRATEGY", "proportional_deadline", "least_requests");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--slo soon | --slo must be times such as 3x or 2.5x",
        "--attain 1.5 | --attain must be",
        "--fleet a100:? --rate 0 | --rate must be",
        "--policies best | no policy is named best",
      })
  void saysWhatIsWrong(String options, String expected) {
    CommandLineRun run = plan(options.split(" "));
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains(expected).doesNotContain("\tat ", "unexpected");
  }

  private static CommandLineRun plan(String... more) {
    List<String> line =
        new ArrayList<>(
            List.of(
                "plan",
                "--trace",
                DATA + "azure-llm-2023-conv.csv.gz",
                "--latencies",
                DATA + "splitwise-perf-model.csv.gz",
                "--tasks",
                "800",
                "--seed",
                "1,2"));
    line.addAll(List.of(more));
    return CommandLineRun.of(line.toArray(String[]::new));
  }
}
