package io.swarmpilot.benchmark.slurm;

import io.swarmpilot.benchmark.recipe.InvalidSettingsException;
import io.swarmpilot.benchmark.recipe.Issue;
import io.swarmpilot.benchmark.recipe.Recipe;
import io.swarmpilot.benchmark.recipe.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// How the server of a recipe is started on a node, as a line of `bash`.
final class ServerCommand {
  private static final int OLLAMA_PORT = 11_434;
  private static final int VLLM_PORT = 8_000;

  private final Recipe recipe;

  ServerCommand(Recipe recipe) {
    this.recipe = recipe;
  }

  /// The port it listens on.
  int port() {
    return recipe.service().equals("ollama") ? OLLAMA_PORT : VLLM_PORT;
  }

  /// Whether several nodes are one server.
  boolean isDistributed() {
    return config().flag("distributed.enabled").orElse(false);
  }

  /// The command that serves.
  ///
  /// @throws InvalidSettingsException when there is no way to start such a server
  String serve() {
    return inContainer(
        switch (recipe.service()) {
          case "ollama" -> List.of("env", "OLLAMA_HOST=0.0.0.0:" + OLLAMA_PORT, "ollama", "serve");
          case "vllm" -> vllm();
          default ->
              throw new InvalidSettingsException(
                  List.of(
                      Issue.error(
                          "workload.service",
                          "a job can start ollama and vllm, not '" + recipe.service() + "'")));
        });
  }

  /// The command that starts Ray's head; `$NODE_IP` is the node's address.
  String rayHead() {
    List<String> command = new ArrayList<>(List.of("ray", "start", "--head", "--port=6379"));
    command.add("--dashboard-port=" + ray("dashboard_port", 8_265));
    return withNodeIp(command);
  }

  /// The command that joins the head at `$HEAD_IP`.
  String rayWorker() {
    return withNodeIp(List.of("ray", "start", "--block")) + " --address=\"$HEAD_IP:6379\"";
  }

  private String withNodeIp(List<String> start) {
    List<String> command = new ArrayList<>(start);
    command.add("--object-manager-port=" + ray("object_manager_port", 8_076));
    command.add("--node-manager-port=" + ray("node_manager_port", 8_077));
    command.add("--num-cpus=" + ray("num_cpus_per_node", 4));
    command.add("--num-gpus=" + ray("num_gpus_per_node", 1));
    command.add("--temp-dir=/tmp/ray");
    command.add("--disable-usage-stats");
    return inContainer(command) + " --node-ip-address=\"$NODE_IP\"";
  }

  private List<String> vllm() {
    List<String> command =
        new ArrayList<>(
            List.of(
                "python3",
                "-m",
                "vllm.entrypoints.openai.api_server",
                "--host",
                "0.0.0.0",
                "--port",
                String.valueOf(VLLM_PORT),
                "--model",
                model()));
    addOption("--max-model-len", "max_model_len", command);
    addOption("--gpu-memory-utilization", "gpu_memory_utilization", command);
    addFlag("--enforce-eager", "enforce_eager", command);
    addFlag("--trust-remote-code", "trust_remote_code", command);
    if (isDistributed()) {
      addOption("--tensor-parallel-size", "distributed.tensor_parallel_size", command);
      addOption("--pipeline-parallel-size", "distributed.pipeline_parallel_size", command);
      command.addAll(List.of("--distributed-executor-backend", "ray"));
    }
    return command;
  }

  private String model() {
    Optional<String> model =
        recipe.document().text("workload.model").or(() -> config().text("model"));
    return model.orElseThrow(() ->
        new InvalidSettingsException(
            List.of(Issue.error("workload.model", "a vLLM server needs a model"))));
  }

  private void addOption(String option, String path, List<String> command) {
    config().at(path).ifPresent(value -> command.addAll(List.of(option, String.valueOf(value))));
  }

  private void addFlag(String option, String path, List<String> command) {
    if (config().flag(path).orElse(false)) {
      command.add(option);
    }
  }

  private long ray(String name, long otherwise) {
    return config().whole("distributed.ray." + name).orElse(otherwise);
  }

  private Tree config() {
    return recipe.serviceConfig();
  }

  /// In the recipe's container when it names one.
  private String inContainer(List<String> command) {
    String words = command.stream().map(Shell::quoted).collect(Collectors.joining(" "));
    Tree document = recipe.document();
    Optional<String> image =
        document
            .text("artifacts.service.path")
            .map(path -> directory(document) + path)
            .or(() -> document.text("artifacts.container"));
    if (image.isEmpty()) {
      return words;
    }
    String binds =
        document.list("binds").stream()
            .map(bind -> " --bind " + Shell.quoted(String.valueOf(bind)))
            .collect(Collectors.joining());
    return "apptainer exec --nv" + binds + " " + Shell.quoted(image.get()) + " " + words;
  }

  private static String directory(Tree document) {
    return document.text("artifacts.containers_dir").map(path -> path + "/").orElse("");
  }
}
