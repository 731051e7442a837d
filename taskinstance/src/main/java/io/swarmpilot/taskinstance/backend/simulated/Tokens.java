package io.swarmpilot.taskinstance.backend.simulated;

import com.fasterxml.jackson.databind.JsonNode;
import io.swarmpilot.taskinstance.backend.RunFailure;

/// How many tokens executions read and generate: what their input says, else what the settings say.
///
/// @param prompt tokens of the prompt, unless `prompt_tokens` or `input_tokens` of the input says
/// @param output tokens generated, unless `output_tokens` or `max_tokens` of the input says; with
///   0, executions that take a given time generate none, whatever their input says
/// @param firstShare part of a latency that is over when the first of them begins, 0 to 1
record Tokens(int prompt, int output, double firstShare) {
  static final int MAX = 1_000_000;

  int prompt(JsonNode input) throws RunFailure {
    return count(input, "prompt_tokens", count(input, "input_tokens", prompt));
  }

  int output(JsonNode input) throws RunFailure {
    return count(input, "output_tokens", count(input, "max_tokens", output));
  }

  /// Whether executions that take a given time generate any.
  boolean areAny() {
    return output > 0;
  }

  /// A latency shared out among them: all of it silent when none are generated.
  Work share(double ms, JsonNode input) throws RunFailure {
    int generated = areAny() ? output(input) : 0;
    if (generated == 0) {
      return Work.silent(ms);
    }
    double step = ms * (1 - firstShare) / generated;
    return new Work(
        Work.Pace.of(ms * firstShare), prompt(input), generated, Work.Pace.of(step), false);
  }

  private static int count(JsonNode input, String name, int absent) throws RunFailure {
    JsonNode value = input.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return absent;
    }
    if (!value.canConvertToInt() || value.intValue() < 0 || value.intValue() > MAX) {
      throw RunFailure.invalidInput("input_data." + name, "must be an integer from 0 to " + MAX);
    }
    return value.intValue();
  }
}
