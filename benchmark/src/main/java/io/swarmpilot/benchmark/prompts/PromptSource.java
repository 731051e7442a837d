package io.swarmpilot.benchmark.prompts;

import java.util.random.RandomGenerator;

/// Where prompts come from. Safe for use by several threads.
@FunctionalInterface
public interface PromptSource {
  /// The prompt of a request.
  ///
  /// @param index number of the request in its run, from 0
  /// @param random a source of its own for this request, the same in every run of the same seed
  Prompt prompt(long index, RandomGenerator random);
}
