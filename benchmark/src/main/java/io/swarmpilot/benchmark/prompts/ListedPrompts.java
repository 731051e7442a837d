package io.swarmpilot.benchmark.prompts;

import com.google.common.collect.ImmutableList;
import java.util.random.RandomGenerator;

/// Prompts of a list: one drawn at random for each request, or one after the other.
///
/// @param prompts at least one
/// @param inOrder whether one after the other, from the start again after the last
public record ListedPrompts(ImmutableList<Prompt> prompts, boolean inOrder)
    implements PromptSource {
  /// Refuses an empty list.
  public ListedPrompts {
    if (prompts.isEmpty()) {
      throw new IllegalArgumentException("there are no prompts");
    }
  }

  @Override
  public Prompt prompt(long index, RandomGenerator random) {
    return prompts.get(inOrder ? (int) (index % prompts.size()) : random.nextInt(prompts.size()));
  }
}
