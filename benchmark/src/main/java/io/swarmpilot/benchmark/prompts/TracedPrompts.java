package io.swarmpilot.benchmark.prompts;

import com.google.common.primitives.ImmutableIntArray;
import java.util.random.RandomGenerator;

/// Synthetic texts of the lengths of a trace's requests, row by row; from the first row again after
/// the last.
///
/// @param inputs tokens of prompts
/// @param outputs tokens of answers, as many
public record TracedPrompts(ImmutableIntArray inputs, ImmutableIntArray outputs)
    implements PromptSource {
  /// Refuses what does not fit.
  public TracedPrompts {
    if (inputs.isEmpty() || inputs.length() != outputs.length()) {
      throw new IllegalArgumentException("a trace needs a prompt and an answer in each row");
    }
  }

  @Override
  public Prompt prompt(long index, RandomGenerator random) {
    int row = (int) (index % inputs.length());
    return SyntheticPrompts.text(inputs.get(row), outputs.get(row), random);
  }
}
