package io.swarmpilot.launcher.benchmark;

import io.swarmpilot.benchmark.prompts.Length;
import io.swarmpilot.benchmark.prompts.ListedPrompts;
import io.swarmpilot.benchmark.prompts.PromptSource;
import io.swarmpilot.benchmark.prompts.SyntheticPrompts;
import io.swarmpilot.benchmark.prompts.read.PromptFile;
import io.swarmpilot.benchmark.prompts.read.PromptFile.TraceFile;
import io.swarmpilot.launcher.settings.CommandFailure;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SplittableRandom;
import picocli.CommandLine.Option;

/// What is asked.
final class PromptOptions {
  @Option(
      names = "--prompt-tokens",
      defaultValue = "64",
      paramLabel = "MEAN[:DEVIATION]",
      description = "Length of synthetic prompts, words. Default: ${DEFAULT-VALUE}.")
  private String input = "";

  @Option(
      names = "--output-tokens",
      defaultValue = "64",
      paramLabel = "MEAN[:DEVIATION]",
      description = "Most tokens of answers. Default: ${DEFAULT-VALUE}.")
  private String output = "";

  @Option(
      names = "--shared-prefix",
      defaultValue = "0",
      paramLabel = "TOKENS",
      description = "Words that all synthetic prompts begin with alike.")
  private int sharedPrefix;

  @Option(
      names = "--prompts",
      paramLabel = "FILE",
      description =
          "Prompts from a file in place of synthetic ones: .jsonl, .json (ShareGPT, HellaSwag),"
              + " .csv, or a prompt to a line.")
  private Optional<Path> file = Optional.empty();

  @Option(
      names = "--replay",
      paramLabel = "TRACE",
      description =
          "Requests come when those of a trace came, and are as long: Azure's or Mooncake's form"
              + " or ours.")
  private Optional<Path> trace = Optional.empty();

  Optional<TraceFile> trace() {
    return trace.map(PromptFile::trace);
  }

  /// The prompts; those of a trace where one is replayed.
  PromptSource prompts(Optional<TraceFile> replayed, long seed) {
    if (file.isPresent()) {
      return new ListedPrompts(PromptFile.read(file.get()), replayed.isPresent());
    }
    if (replayed.isPresent()) {
      return replayed.get().prompts();
    }
    SyntheticPrompts prompts =
        SyntheticPrompts.of(length("--prompt-tokens", input), length("--output-tokens", output));
    if (sharedPrefix < 0 || sharedPrefix > Length.MOST_TOKENS) {
      throw new CommandFailure("--shared-prefix must be from 0 to 1,000,000");
    }
    return sharedPrefix == 0
        ? prompts
        : prompts.withSharedPrefix(sharedPrefix, new SplittableRandom(seed));
  }

  private static Length length(String option, String text) {
    String[] parts = text.split(":", -1);
    try {
      double mean = Double.parseDouble(parts[0]);
      return parts.length == 1
          ? Length.constant((int) Math.round(mean))
          : Length.normal(mean, Double.parseDouble(parts[1]));
    } catch (NumberFormatException e) {
      throw new CommandFailure(option + ": '" + text + "' is no length such as 512 or 512:128", e);
    }
  }
}
