package io.swarmpilot.benchmark.servers;

import io.swarmpilot.benchmark.recipe.Tree;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Manager of vLLM servers, alone or distributed over a Ray cluster, whose head then answers for
/// all.
public final class VllmServerManager extends OpenAiServerManager {
  private static final String DISTRIBUTED = "distributed";
  private static final String TENSOR = "tensor_parallel_size";
  private static final String PIPELINE = "pipeline_parallel_size";

  /// A manager for a configuration.
  public VllmServerManager(Map<String, ? extends @Nullable Object> config) {
    super(config);
  }

  @Override
  public String getHealthCheckEndpoint() {
    return "/health";
  }

  @Override
  public Map<String, Object> parseServiceConfig(Map<String, ? extends @Nullable Object> config) {
    Tree whole = new Tree(config);
    Tree raw = serviceConfig(whole);
    ConfigReader reader =
        new ConfigReader(raw)
            .text("model")
            .whole("max_model_len", 2_048, 1)
            .share("gpu_memory_utilization", 0.9)
            .flag("enforce_eager")
            .flag("trust_remote_code");
    ConfigReader distributed = reader.below(DISTRIBUTED).flag("enabled").text("backend", "ray");
    distributed.whole(TENSOR, 1, 1).whole(PIPELINE, 1, 1);
    distributed
        .below("ray")
        .whole("dashboard_port", 8_265, 1)
        .whole("object_manager_port", 8_076, 1)
        .whole("node_manager_port", 8_077, 1)
        .whole("num_cpus_per_node", 4, 1)
        .whole("num_gpus_per_node", 1, 0);
    fits(whole, raw, reader);
    return reader.done();
  }

  @Override
  protected List<String> spokesmen(List<String> endpoints) {
    boolean distributed = serviceConfig(config()).flag(DISTRIBUTED + ".enabled").orElse(false);
    return distributed && !endpoints.isEmpty() ? endpoints.subList(0, 1) : endpoints;
  }

  /// Refuses more parallelism than there are GPUs, where a recipe says how many there are.
  private static void fits(Tree whole, Tree raw, ConfigReader reader) {
    OptionalLong gpus = whole.whole("resources.servers.gpus");
    OptionalLong nodes = whole.whole("orchestration.node_allocation.servers.nodes");
    if (gpus.isEmpty() || nodes.isEmpty() || !raw.flag(DISTRIBUTED + ".enabled").orElse(false)) {
      return;
    }
    long needed =
        raw.whole(DISTRIBUTED + "." + TENSOR).orElse(1)
            * raw.whole(DISTRIBUTED + "." + PIPELINE).orElse(1);
    long there = gpus.getAsLong() * nodes.getAsLong();
    reader.require(
        needed <= there,
        DISTRIBUTED,
        TENSOR + " × " + PIPELINE + " needs " + needed + " GPUs, and there are " + there);
  }
}
