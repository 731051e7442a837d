package io.swarmpilot.launcher.benchmark;

import com.google.common.collect.ImmutableList;
import io.swarmpilot.benchmark.load.Aim;
import io.swarmpilot.benchmark.load.Api;
import io.swarmpilot.launcher.settings.CommandFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Which servers are asked, and how.
final class AimOptions {
  @Option(
      names = "--target",
      paramLabel = "URL",
      description = "Address of a server, http://host:8000 say; may be repeated.")
  private List<String> targets = new ArrayList<>();

  @Option(
      names = "--api",
      defaultValue = "openai-chat",
      paramLabel = "API",
      description =
          "openai-chat, openai-completions, openai-embeddings, ollama-generate, mesh or dummy."
              + " Default: ${DEFAULT-VALUE}.")
  private String api = "";

  @Option(names = "--model", paramLabel = "NAME", description = "Model to ask.")
  private String model = "";

  @Option(
      names = "--api-key-env",
      paramLabel = "VARIABLE",
      description = "Variable of the environment with the key that is sent as a bearer token.")
  private Optional<String> keyVariable = Optional.empty();

  @Option(
      names = "--no-stream",
      description = "Ask for answers in one piece: no times of output are measured.")
  private boolean whole;

  @Option(
      names = "--exact-length",
      description = "Have the server write as many tokens as wanted (vLLM, SGLang).")
  private boolean exactLength;

  Aim aim() {
    return new Aim(
        ImmutableList.copyOf(targets), Api.parse(api), model, key(), !whole, 0, exactLength);
  }

  private String key() {
    return keyVariable
        .map(name ->
            Optional.ofNullable(System.getenv(name))
                .orElseThrow(() -> new CommandFailure("--api-key-env: " + name + " is not set")))
        .orElse("");
  }
}
