package io.swarmpilot.benchmark.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What follows from a recipe: its runs, who asks whom, how long.
class RecipeTest {
  private static final List<String> CLIENTS = List.of("c0", "c1", "c2");
  private static final List<String> SERVERS = List.of("s0", "s1");

  @Test
  void everyEntryIsRunAtEveryPointAsOftenAsItIsToBe() {
    List<PlannedRun> runs =
        PlannedRun.of(
            recipe(
                Map.of(
                    "service",
                    "dummy",
                    "prompt_len",
                    List.of(64, 128),
                    "concurrency",
                    4,
                    "repetitions",
                    2,
                    "benchmark_suite",
                    List.of(Map.of("name", "a"), Map.of("name", "b", "num_threads", 9)))));

    assertThat(runs)
        .extracting(PlannedRun::name)
        .containsExactly(
            "a-prompt_len64-r1",
            "a-prompt_len64-r2",
            "a-prompt_len128-r1",
            "a-prompt_len128-r2",
            "b-prompt_len64-r1",
            "b-prompt_len64-r2",
            "b-prompt_len128-r1",
            "b-prompt_len128-r2");
    assertThat(runs)
        .extracting(run -> run.body().get("num_threads"))
        .containsExactly(4, 4, 4, 4, 9, 9, 9, 9);
    assertThat(runs.get(2).overrides()).containsExactly(Map.entry("prompt_len", 128));
    assertThat(runs.get(2).body())
        .containsEntry("prompt_len", 128)
        .containsEntry("benchmark_name", "a-prompt_len128-r1")
        .doesNotContainKeys("benchmark_suite", "repetitions", "concurrency", "name");
  }

  @Test
  void aRecipeWithoutASuiteRunsOnce() {
    assertThat(PlannedRun.of(recipe(Map.of("service", "dummy"))))
        .extracting(PlannedRun::name)
        .containsExactly("single_run");
  }

  @Test
  void aWholeRecipeWarmsUpAndAWorkloadAloneDoesNot() {
    assertThat(recipe(Map.of("workload", Map.of("service", "ollama"))).workload())
        .containsEntry("warmup", "30s");
    assertThat(recipe(Map.of("service", "ollama")).workload()).doesNotContainKey("warmup");
  }

  @ParameterizedTest
  @CsvSource({"round-robin, '[[s0], [s1], [s0]]'", "all-to-all, '[[s0, s1], [s1, s0], [s0, s1]]'"})
  void clientsAreMatchedWithServers(String strategy, String expected) {
    assertThat(distribution(Map.of("distribution_strategy", strategy))).hasToString(expected);
  }

  @Test
  void randomIsDrawnWithASeed() {
    Map<String, Object> random = Map.of("distribution_strategy", "random");

    assertThat(distribution(random)).isEqualTo(distribution(random));
    assertThat(distribution(random)).allSatisfy(servers -> assertThat(servers).hasSize(1));
  }

  @Test
  void staticIsByNameOrPosition() {
    assertThat(
            distribution(
                Map.of(
                    "distribution_strategy",
                    "static",
                    "target_mapping",
                    List.of(
                        Map.of("client_group", "c1", "server_endpoints", List.of("x")),
                        Map.of("client_group", 0, "server_endpoints", List.of("y", "z")),
                        Map.of("client_group", "2", "server_endpoints", List.of("y"))))))
        .hasToString("[[y, z], [x], [y]]");
    assertThatThrownBy(() ->
            distribution(
                Map.of(
                    "distribution_strategy",
                    "static",
                    "target_mapping",
                    List.of(Map.of("client_group", "c1", "server_endpoints", List.of("x"))))))
        .hasMessageContaining("has no client_group 'c0' or '0'");
  }

  @ParameterizedTest
  @CsvSource({"90s, 90", "10m, 600", "1h, 3600", "0s, 0"})
  void recipesAndWorkloadsWriteTimesAlike(String text, long seconds) {
    assertThat(Span.ofRecipe(text)).contains(Duration.ofSeconds(seconds));
    assertThat(Span.ofWorkload(" " + text + " ")).contains(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @CsvSource({"-5s", "1d", "1.5m", "1h30m", "10M", "s", "''", "1234567890s"})
  void whatIsNoTimeIsNone(String text) {
    assertThat(Span.ofRecipe(text)).isEmpty();
    assertThat(Span.ofWorkload(text)).isEmpty();
  }

  @Test
  void workloadsTakeNumbersOfSecondsToo() {
    assertThat(Span.ofWorkload(120)).contains(Duration.ofMinutes(2));
    assertThat(Span.ofWorkload(1.5)).contains(Duration.ofMillis(1_500));
    assertThat(Span.ofWorkload("120")).contains(Duration.ofMinutes(2));
    assertThat(Span.ofRecipe("120")).isEmpty();
    assertThat(Span.ofWorkload(-1)).isEmpty();
    assertThat(Span.ofWorkload(Double.NaN)).isEmpty();
    assertThat(Span.ofWorkload(true)).isEmpty();
  }

  private static List<List<String>> distribution(Map<String, Object> clients) {
    Map<String, Object> document =
        Map.of(
            "workload", Map.of("service", "dummy"),
            "orchestration", Map.of("node_allocation", Map.of("clients", clients)));
    return recipe(document).distribution().assign(CLIENTS, SERVERS, new SplittableRandom(1));
  }

  private static Recipe recipe(Map<String, Object> document) {
    return Recipe.of(new Tree(document));
  }
}
