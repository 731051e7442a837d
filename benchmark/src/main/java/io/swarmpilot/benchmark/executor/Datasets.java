package io.swarmpilot.benchmark.executor;

import io.swarmpilot.benchmark.prompts.ListedPrompts;
import io.swarmpilot.benchmark.prompts.PromptSource;
import io.swarmpilot.benchmark.prompts.read.PromptException;
import io.swarmpilot.benchmark.prompts.read.PromptFile;
import io.swarmpilot.benchmark.recipe.InvalidSettingsException;
import io.swarmpilot.benchmark.recipe.Issue;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/// Files of prompts that a workload may name: those below the working directory. What a prompt
/// holds is sent to whatever server the workload names as well, so nothing else can be read.
final class Datasets {
  private static final String KEY = "dataset";

  private Datasets() {}

  /// The prompts of a file, drawn at random.
  ///
  /// @throws InvalidSettingsException when there is no such file, or no prompts in it
  static PromptSource of(String name) {
    try {
      return new ListedPrompts(PromptFile.read(below(name)), false);
    } catch (PromptException | InvalidPathException e) {
      throw refused(String.valueOf(e.getMessage()));
    }
  }

  private static Path below(String name) {
    Path path = Path.of(name).normalize();
    if (path.isAbsolute() || path.startsWith("..") || path.toString().isEmpty()) {
      throw refused("'" + name + "' is not below the executor's working directory");
    }
    return path;
  }

  private static InvalidSettingsException refused(String why) {
    return new InvalidSettingsException(List.of(Issue.error(KEY, why)));
  }
}
