package io.swarmpilot.benchmark.recipe;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// A benchmark as its author wrote it, checked. Its document is never changed.
///
/// @param service kind of server
/// @param workload the workload's own keys, arrays for sweeps among them, without the suite
/// @param suite runs with what each changes; empty for a single run
/// @param repetitions how often each run is done, at least 1
/// @param healthCheck how servers are checked
/// @param serviceConfig settings of the server
/// @param distribution which client asks which server
/// @param clientsPerNode concurrent clients of a node; empty when the recipe does not say
/// @param gpusPerServer GPUs of a server node; empty when the recipe does not say
/// @param document all of it
public record Recipe(
    String service,
    Map<String, @Nullable Object> workload,
    List<Map<String, @Nullable Object>> suite,
    int repetitions,
    HealthCheck healthCheck,
    Tree serviceConfig,
    Distribution distribution,
    OptionalInt clientsPerNode,
    OptionalInt gpusPerServer,
    Tree document) {
  private static final String CLIENTS = "orchestration.node_allocation.clients";
  private static final String DEFAULT_WARMUP = "30s";

  /// Seals the collections.
  public Recipe {
    workload = Collections.unmodifiableMap(workload);
    suite = List.copyOf(suite);
  }

  /// Everything to say about a document that has the right form.
  public static List<Issue> check(Tree document) {
    return isNested(document) ? Semantics.check(document) : List.of();
  }

  /// Whether a document is a whole recipe, and not only a workload.
  public static boolean isNested(Tree document) {
    return List.of("workload", "orchestration", "resources", "scenario", "partition").stream()
        .anyMatch(key -> document.root().containsKey(key));
  }

  /// Reads a document that has no errors.
  public static Recipe of(Tree document) {
    boolean nested = isNested(document);
    Tree part = nested ? document.tree("workload").orElse(Tree.EMPTY) : document;
    Map<String, @Nullable Object> workload = new LinkedHashMap<>(part.root());
    workload.remove("benchmark_suite");
    workload.keySet().removeAll(List.of("servers", "repetitions", "component"));
    if (nested) {
      workload.putIfAbsent("warmup", DEFAULT_WARMUP);
      document.whole("metadata.seed").ifPresent(seed -> workload.putIfAbsent("seed", seed));
    }
    return new Recipe(
        part.text("service").orElse(""),
        workload,
        part.list("benchmark_suite").stream().map(Recipe::keys).toList(),
        (int) document.whole("repetitions").orElse(1),
        HealthCheck.of(document.tree("servers.health_check").orElse(Tree.EMPTY)),
        document.tree("servers.service_config").orElse(Tree.EMPTY),
        Distribution.of(document.tree(CLIENTS).orElse(Tree.EMPTY)),
        optional(document.whole(CLIENTS + ".clients_per_node")),
        optional(document.whole("resources.servers.gpus")),
        document);
  }

  private static Map<String, @Nullable Object> keys(Object item) {
    return new LinkedHashMap<>(Tree.of(item).orElse(Tree.EMPTY).root());
  }

  private static OptionalInt optional(OptionalLong value) {
    return value.isPresent()
        ? OptionalInt.of(Math.toIntExact(value.getAsLong()))
        : OptionalInt.empty();
  }
}
