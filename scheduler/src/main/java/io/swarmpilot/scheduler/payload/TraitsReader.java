package io.swarmpilot.scheduler.payload;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.common.primitives.ImmutableLongArray;
import io.swarmpilot.runtime.error.FieldViolation;
import io.swarmpilot.runtime.error.Violations;
import io.swarmpilot.scheduler.core.TaskTraits;
import io.swarmpilot.scheduler.policy.Priority;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;

/// Collects how a task wants to be treated, one field of its metadata after the other.
///
/// A field that cannot be meant is noted as a violation: a task treated otherwise than its caller
/// believes is worse than one that is refused.
final class TraitsReader {
  private static final int LONGEST_USER = 256;
  private static final int LONGEST_STRATEGY = 64;
  private static final int LONGEST_NUMBER = 64;
  private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+(\\.\\d*)?([eE][+-]?\\d+)?");

  private final String prefix;
  private final Violations violations;

  private Priority priority = TaskTraits.PLAIN.priority();
  private double sloMs = TaskTraits.PLAIN.sloMs();
  private double timeoutMs = TaskTraits.PLAIN.timeoutMs();
  private double costBudget = TaskTraits.PLAIN.costBudget();
  private String user = TaskTraits.PLAIN.user();
  private int maxTokens = TaskTraits.PLAIN.maxTokens();
  private int inputTokens = TaskTraits.PLAIN.inputTokens();
  private boolean sheddable = TaskTraits.PLAIN.sheddable();
  private String strategy = TaskTraits.PLAIN.strategy();
  private ImmutableLongArray blocks = TaskTraits.PLAIN.prefix();

  /// @param field path of the metadata within the request
  TraitsReader(String field, Violations violations) {
    this.prefix = field + ".";
    this.violations = violations;
  }

  /// What was read.
  TaskTraits traits() {
    return new TaskTraits(
        priority,
        sloMs,
        timeoutMs,
        costBudget,
        user,
        maxTokens,
        inputTokens,
        sheddable,
        strategy,
        blocks);
  }

  /// Reads one field, if it is one of a task's traits.
  ///
  /// @param parser stands at its value, which is not null
  void read(String name, JsonParser parser) throws IOException {
    switch (name) {
      case "priority" -> priority = priority(parser);
      case "slo_deadline_ms" -> sloMs = limit(name, parser, TaskTraits.PLAIN.sloMs());
      case "timeout_ms" -> timeoutMs = timeout(parser);
      case "cost_budget" -> costBudget = limit(name, parser, TaskTraits.PLAIN.costBudget());
      case "user_id" -> user = user(parser);
      case "max_tokens" -> maxTokens = count(name, parser);
      case "input_tokens" -> inputTokens = count(name, parser);
      case "sheddable" -> sheddable = flag(name, parser);
      case "strategy" -> strategy = strategy(parser);
      case "prefix_hashes" -> blocks = blocks(name, parser);
      default -> {
        // No trait.
      }
    }
  }

  /// Reads the prompt of the input, unless the metadata told its blocks.
  void readPrompt(String input) {
    if (blocks.isEmpty()) {
      blocks = PromptReader.blocks(input);
    }
  }

  private Priority priority(JsonParser parser) throws IOException {
    double number = number(parser);
    Optional<Priority> found = Priority.of(number);
    if (found.isEmpty() && parser.hasToken(JsonToken.VALUE_STRING)) {
      found = Priority.named(parser.getText());
    }
    if (found.isEmpty()) {
      wrong(
          "priority",
          "must be CRITICAL, HIGH, NORMAL, LOW or BACKGROUND, or its number from 0 to 4");
    }
    return found.orElse(Priority.NORMAL);
  }

  private double limit(String name, JsonParser parser, double none) throws IOException {
    double value = number(parser);
    if (!(value >= 0 && Double.isFinite(value))) {
      wrong(name, "must be a finite number of at least 0");
    }
    return value > 0 ? value : none;
  }

  private double timeout(JsonParser parser) throws IOException {
    double value = number(parser);
    if (!(value > 0 && Double.isFinite(value))) {
      wrong("timeout_ms", "must be a finite number greater than 0");
    }
    return value;
  }

  private int count(String name, JsonParser parser) throws IOException {
    double value = number(parser);
    if (!(value >= 0 && value == Math.rint(value))) {
      wrong(name, "must be an integer of at least 0");
    }
    return (int) value;
  }

  private boolean flag(String name, JsonParser parser) {
    if (!parser.currentToken().isBoolean()) {
      wrong(name, "must be true or false");
    }
    return parser.hasToken(JsonToken.VALUE_TRUE);
  }

  private String user(JsonParser parser) throws IOException {
    boolean fits =
        parser.hasToken(JsonToken.VALUE_STRING) || parser.hasToken(JsonToken.VALUE_NUMBER_INT);
    if (!fits || parser.getTextLength() > LONGEST_USER) {
      wrong("user_id", "must be a text or an integer of at most 256 characters");
      return "";
    }
    return parser.getText();
  }

  private String strategy(JsonParser parser) throws IOException {
    if (!parser.hasToken(JsonToken.VALUE_STRING) || parser.getTextLength() > LONGEST_STRATEGY) {
      wrong("strategy", "must be a text of at most 64 characters");
      return "";
    }
    return parser.getText();
  }

  private ImmutableLongArray blocks(String name, JsonParser parser) throws IOException {
    Optional<ImmutableLongArray> found = PrefixHashes.read(parser);
    if (found.isEmpty()) {
      wrong(name, "must be an array of integers or texts");
    }
    return found.orElse(ImmutableLongArray.of());
  }

  /// The number of a value or of a text that is one; NaN of anything else.
  private static double number(JsonParser parser) throws IOException {
    if (parser.currentToken().isNumeric()) {
      return parser.getDoubleValue();
    }
    if (!parser.hasToken(JsonToken.VALUE_STRING) || parser.getTextLength() > LONGEST_NUMBER) {
      return Double.NaN;
    }
    String text = parser.getText().strip();
    return NUMBER.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
  }

  private void wrong(String name, String message) {
    violations.add(FieldViolation.invalid(prefix + name, message));
  }
}
