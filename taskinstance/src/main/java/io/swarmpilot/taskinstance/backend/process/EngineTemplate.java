package io.swarmpilot.taskinstance.backend.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// How a well-known engine is started. What the words mean is in `docs/engines.md`.
///
/// @param setting its name in a configuration, and as software in predictions
/// @param protocol what its server speaks
/// @param words program and arguments, with placeholders
/// @param gpuOption argument that a count of GPUs follows when there is more than one; "" for none
/// @param environment variables it needs, with placeholders
record EngineTemplate(
    String setting,
    Protocol protocol,
    List<String> words,
    String gpuOption,
    Map<String, String> environment) {
  private static final List<EngineTemplate> ALL =
      List.of(
          openAi(
              "vllm",
              "--tensor-parallel-size",
              "vllm serve {model} --served-model-name {served_model} --host {host} --port {port}"),
          openAi(
              "sglang",
              "--tp",
              "python3 -m sglang.launch_server --model-path {model}"
                  + " --served-model-name {served_model} --host {host} --port {port}"),
          openAi(
              "llama-server",
              "",
              "llama-server --model {model} --alias {served_model} --host {host} --port {port}"
                  + " --parallel {slots}"),
          // By default a request ends the stream of the one before it.
          openAi(
              "llama-cpp-python",
              "",
              "python3 -m llama_cpp.server --model {model} --model_alias {served_model}"
                  + " --host {host} --port {port} --interrupt_requests false"),
          new EngineTemplate(
              "ollama",
              Protocol.OLLAMA,
              List.of("ollama", "serve"),
              "",
              Map.of("OLLAMA_HOST", "{host}:{port}", "OLLAMA_NUM_PARALLEL", "{slots}")));

  /// Copies the collections.
  EngineTemplate {
    words = List.copyOf(words);
    environment = Map.copyOf(environment);
  }

  /// The one that a configuration calls by this name.
  static Optional<EngineTemplate> named(String setting) {
    return ALL.stream().filter(one -> one.setting.equals(setting)).findFirst();
  }

  /// The names of all.
  static String names() {
    return ALL.stream().map(EngineTemplate::setting).collect(Collectors.joining(", "));
  }

  /// The program and its arguments, with placeholders.
  ///
  /// @param gpus GPUs that a replica has
  List<String> command(int gpus) {
    List<String> command = new ArrayList<>(words);
    if (gpus > 1 && !gpuOption.isEmpty()) {
      command.add(gpuOption);
      command.add("{gpu_count}");
    }
    return command;
  }

  private static EngineTemplate openAi(String setting, String gpuOption, String words) {
    return new EngineTemplate(
        setting, Protocol.OPENAI, List.of(words.split(" ")), gpuOption, Map.of());
  }
}
