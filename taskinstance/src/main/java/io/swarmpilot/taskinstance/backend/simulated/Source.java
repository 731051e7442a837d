package io.swarmpilot.taskinstance.backend.simulated;

import com.fasterxml.jackson.databind.JsonNode;
import io.swarmpilot.taskinstance.backend.RunFailure;
import java.util.random.RandomGenerator;

/// Where the time that executions take comes from.
sealed interface Source {
  /// The longest execution, ms.
  double MAX_MS = 3_600_000;

  /// What an execution with this input has to do.
  ///
  /// @param random for what is drawn
  /// @throws RunFailure of kind INVALID_INPUT when the input does not tell what it has to
  Work work(JsonNode input, Tokens tokens, RandomGenerator random) throws RunFailure;

  /// A distribution, whatever the input.
  record Drawn(Latency latency) implements Source {
    @Override
    public Work work(JsonNode input, Tokens tokens, RandomGenerator random) throws RunFailure {
      return tokens.share(latency.draw(random), input);
    }
  }

  /// A number in the input.
  ///
  /// @param field name of the member, ms
  record Told(String field) implements Source {
    @Override
    public Work work(JsonNode input, Tokens tokens, RandomGenerator random) throws RunFailure {
      JsonNode told = input.path(field);
      double ms = told.isNumber() ? told.doubleValue() : Double.NaN;
      if (!(ms >= 0 && ms <= MAX_MS)) {
        throw RunFailure.invalidInput(
            "input_data." + field,
            "must be how long the execution takes, 0 to 3,600,000 milliseconds");
      }
      return tokens.share(ms, input);
    }
  }

  /// The record of a lookup table that is closest to the input.
  record Looked(LatencyTable table) implements Source {
    @Override
    public Work work(JsonNode input, Tokens tokens, RandomGenerator random) throws RunFailure {
      return tokens.share(table.closestTo(input).draw(random), input);
    }
  }

  /// Measured times to read a prompt and to generate a token, by size and batch.
  record Measured(PerformanceModel model) implements Source {
    @Override
    public Work work(JsonNode input, Tokens tokens, RandomGenerator random) throws RunFailure {
      int prompt = tokens.prompt(input);
      return new Work(
          Work.Pace.of(model.promptMs(prompt)), prompt, tokens.output(input), model::stepMs, true);
    }
  }
}
