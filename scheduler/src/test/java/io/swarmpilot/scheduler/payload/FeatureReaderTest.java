package io.swarmpilot.scheduler.payload;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.primitives.ImmutableLongArray;
import io.swarmpilot.runtime.error.FieldViolation;
import io.swarmpilot.runtime.error.Violations;
import io.swarmpilot.scheduler.core.TaskTraits;
import io.swarmpilot.scheduler.policy.Priority;
import io.swarmpilot.scheduler.prefix.PromptBlocks;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a task's metadata tells.
final class FeatureReaderTest {
  private static final String FIELD = "tasks[2].metadata";

  private final Violations violations = new Violations();

  @Test
  void everyTraitIsRead() {
    TaskTraits traits =
        read(
            """
            {"priority": "critical", "slo_deadline_ms": 250.5, "timeout_ms": 9000,
             "cost_budget": 0.25, "user_id": "ann", "max_tokens": 128, "input_tokens": 2048,
             "sheddable": true, "strategy": "Slo-Aware", "prefix_hashes": [7, -1],
             "nested": {"priority": "none of ours"}, "list": [1, 2]}
            """);
    assertThat(violations.found()).isEmpty();
    assertThat(traits)
        .isEqualTo(
            new TaskTraits(
                Priority.CRITICAL,
                250.5,
                9_000,
                0.25,
                "ann",
                128,
                2_048,
                true,
                "Slo-Aware",
                ImmutableLongArray.of(7, -1)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[1]",
        "{\"other\": [{}, [null]]}",
        "{\"priority\": null, \"slo_deadline_ms\": null, \"timeout_ms\": null, "
            + "\"cost_budget\": null, \"user_id\": null, \"max_tokens\": null, "
            + "\"input_tokens\": null, \"sheddable\": null, \"strategy\": null, "
            + "\"prefix_hashes\": null}",
        "{\"slo_deadline_ms\": 0, \"cost_budget\": 0.0, \"max_tokens\": 0, \"input_tokens\": -0.0, "
            + "\"user_id\": \"\", \"strategy\": \"\", \"sheddable\": false, \"prefix_hashes\": [],"
            + "\"priority\": 2}"
      })
  void absentNullAndZeroAskForNothing(String metadata) {
    assertThat(read(metadata)).isEqualTo(TaskTraits.PLAIN);
    assertThat(violations.found()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"critical\"    | CRITICAL",
        "\"High\"        | HIGH",
        "\" NORMAL \"    | NORMAL",
        "\"low\"         | LOW",
        "\"background\"  | BACKGROUND",
        "0               | CRITICAL",
        "1.0             | HIGH",
        "\"3\"           | LOW",
        "4               | BACKGROUND"
      })
  void prioritiesByNameNumberAndNumericText(String json, Priority priority) {
    assertThat(read("{\"priority\": " + json + "}").priority()).isEqualTo(priority);
    assertThat(violations.found()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "slo_deadline_ms | \"250\"    | 250",
        "slo_deadline_ms | \"2.5e2\"  | 250",
        "timeout_ms      | \" 81 \"   | 81",
        "timeout_ms      | 1e-3       | 0.001",
        "cost_budget     | \"+0.5\"   | 0.5",
        "max_tokens      | \"128\"    | 128",
        "max_tokens      | 1e99       | 2147483647",
        "max_tokens      | 12.0       | 12",
        "input_tokens    | 9999999999 | 2147483647"
      })
  void numbersAlsoAsTexts(String name, String json, double value) {
    TaskTraits traits = read("{\"" + name + "\": " + json + "}");
    assertThat(violations.found()).isEmpty();
    double read =
        switch (name) {
          case "slo_deadline_ms" -> traits.sloMs();
          case "timeout_ms" -> traits.timeoutMs();
          case "cost_budget" -> traits.costBudget();
          case "max_tokens" -> traits.maxTokens();
          default -> traits.inputTokens();
        };
    assertThat(read).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "priority        | \"urgent\"",
        "priority        | \"\"",
        "priority        | 5",
        "priority        | -1",
        "priority        | 1.5",
        "priority        | true",
        "priority        | [1]",
        "slo_deadline_ms | -1",
        "slo_deadline_ms | 1e999",
        "slo_deadline_ms | \"NaN\"",
        "slo_deadline_ms | \"Infinity\"",
        "slo_deadline_ms | \"5d\"",
        "slo_deadline_ms | \"\"",
        "slo_deadline_ms | false",
        "slo_deadline_ms | {}",
        "timeout_ms      | 0",
        "timeout_ms      | -5",
        "timeout_ms      | \"soon\"",
        "timeout_ms      | 1e999",
        "cost_budget     | -0.01",
        "cost_budget     | \"much\"",
        "cost_budget     | [0]",
        "user_id         | 1.5",
        "user_id         | true",
        "user_id         | {}",
        "max_tokens      | -1",
        "max_tokens      | 1.5",
        "max_tokens      | \"many\"",
        "input_tokens    | -1",
        "input_tokens    | []",
        "sheddable       | \"true\"",
        "sheddable       | 1",
        "strategy        | 1",
        "strategy        | [\"fifo\"]",
        "prefix_hashes   | 7",
        "prefix_hashes   | \"7\"",
        "prefix_hashes   | [1.5]",
        "prefix_hashes   | [1, null]",
        "prefix_hashes   | [[1], 2]",
        "prefix_hashes   | {\"a\": 1}"
      })
  void whatCannotBeMeantIsNamed(String name, String json) {
    TaskTraits traits = read("{\"" + name + "\": " + json + ", \"user_id\": \"after\"}");
    assertThat(violations.found())
        .extracting(FieldViolation::field)
        .containsExactly(FIELD + "." + name);
    assertThat(traits.user()).as("reading went on").isEqualTo("after");
  }

  @Test
  void everyViolationIsToldAtOnce() {
    read("{\"priority\": 9, \"timeout_ms\": -1, \"sheddable\": []}");
    assertThat(violations.found())
        .extracting(FieldViolation::field)
        .containsExactly(FIELD + ".priority", FIELD + ".timeout_ms", FIELD + ".sheddable");
  }

  @Test
  void usersAreTextsOrIntegersOfBoundedLength() {
    assertThat(read("{\"user_id\": 9007199254740993}").user()).isEqualTo("9007199254740993");
    assertThat(read("{\"user_id\": \"" + "u".repeat(256) + "\"}").user()).hasSize(256);
    assertThat(violations.found()).isEmpty();
    read("{\"user_id\": \"" + "u".repeat(257) + "\"}");
    read("{\"user_id\": 1" + "0".repeat(256) + "}");
    read("{\"strategy\": \"" + "s".repeat(65) + "\"}");
    assertThat(violations.found()).hasSize(3);
  }

  @Test
  void prefixHashesAreIntegersOfSixtyFourBitsOrFingerprintsOfTexts() {
    TaskTraits traits =
        read("{\"prefix_hashes\": [18446744073709551615, -9223372036854775808, \"a\", \"b\"]}");
    ImmutableLongArray prefix = traits.prefix();
    assertThat(prefix.get(0)).isEqualTo(-1);
    assertThat(prefix.get(1)).isEqualTo(Long.MIN_VALUE);
    assertThat(prefix.get(2)).isNotEqualTo(prefix.get(3));
    assertThat(read("{\"prefix_hashes\": [\"a\"]}").prefix().get(0)).isEqualTo(prefix.get(2));
  }

  @Test
  void ofManyPrefixHashesTheFirstAreKept() {
    String many =
        LongStream.range(0, 500).mapToObj(Long::toString).collect(Collectors.joining(","));
    assertThat(read("{\"prefix_hashes\": [" + many + "]}").prefix())
        .isEqualTo(ImmutableLongArray.copyOf(LongStream.range(0, 64)));
    assertThat(violations.found()).isEmpty();
  }

  @Test
  void thePromptOfTheInputIsThePrefixUnlessTheMetadataTellsIt() {
    String shared = "s".repeat(5_000);
    String metadata = "{\"prefix_hashes\": [7]}";
    ImmutableLongArray one = prefix("{}", "{\"n\": [1], \"prompt\": \"" + shared + "\"}");
    assertThat(one).isEqualTo(PromptBlocks.of(shared));
    assertThat(one.length()).isEqualTo(2);
    ImmutableLongArray longer =
        prefix("{}", "{\"prompt\": \"" + shared + "t".repeat(5_000) + "\", \"messages\": []}");
    assertThat(longer.length()).isEqualTo(4);
    assertThat(longer.subArray(0, 2)).isEqualTo(one);
    assertThat(prefix(metadata, "{\"prompt\": \"" + shared + "\"}"))
        .isEqualTo(ImmutableLongArray.of(7));
  }

  @Test
  void aConversationThatGoesOnSharesItsBeginning() {
    String system = message("system", "\"" + "s".repeat(3_000) + "\"");
    String asked =
        message("user", "[{\"type\": \"text\", \"text\": \"" + "q".repeat(3_000) + "\"}]");
    String answered = message("assistant", "\"" + "a".repeat(3_000) + "\"");
    ImmutableLongArray first = prefix("{}", "{\"messages\": [" + system + "," + asked + "]}");
    ImmutableLongArray second =
        prefix("{}", "{\"messages\": [" + system + "," + asked + "," + answered + "]}");
    assertThat(first.length()).isEqualTo(2);
    assertThat(second.length()).isEqualTo(4);
    assertThat(second.subArray(0, 2)).isEqualTo(first);
    ImmutableLongArray other =
        prefix("{}", "{\"messages\": [" + message("user", "\"" + "s".repeat(3_000) + "\"") + "]}");
    assertThat(other.get(0)).as("another role is another prompt").isNotEqualTo(first.get(0));
  }

  @Test
  void ofAnyPromptTheFirstBlocksAreLookedAt() {
    assertThat(prefix("{}", "{\"prompt\": \"" + "p".repeat(1_000_000) + "\"}").length())
        .isEqualTo(PromptBlocks.MOST);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"prompt\": \"short\"}",
        "{\"text\": \"@\"}",
        "{\"prompt\": 7, \"x\": \"@\"}",
        "{\"prompt\": null, \"x\": \"@\"}",
        "{\"messages\": {\"n\": 7}, \"x\": \"@\"}",
        "{\"x\": {\"prompt\": \"@\"}}",
        "[\"@\"]",
        "@"
      })
  void anInputWithoutAPromptHasNoPrefix(String input) {
    assertThat(prefix("{}", input.replace("@", "x".repeat(5_000))).isEmpty()).isTrue();
  }

  private static String message(String role, String content) {
    return "{\"role\": \"" + role + "\", \"content\": " + content + "}";
  }

  private ImmutableLongArray prefix(String metadata, String input) {
    ImmutableLongArray prefix =
        FeatureReader.read(metadata, input, FIELD, violations).traits().prefix();
    assertThat(violations.found()).isEmpty();
    return prefix;
  }

  @Test
  void traitsThatTellNothingOfTheTimeAreNoFeatures() {
    Features features =
        FeatureReader.read(
                """
                {"priority": 1, "slo_deadline_ms": 5, "timeout_ms": 9, "cost_budget": 1,
                 "user_id": 7, "max_tokens": 64, "input_tokens": "32", "batch_size": 2}
                """,
                "{}",
                FIELD,
                violations)
            .features();
    assertThat(features.numbers())
        .containsOnly(
            Map.entry("max_tokens", 64.0),
            Map.entry("input_tokens", 32.0),
            Map.entry("batch_size", 2.0));
  }

  private TaskTraits read(String metadata) {
    return FeatureReader.read(metadata, "{}", FIELD, violations).traits();
  }
}
