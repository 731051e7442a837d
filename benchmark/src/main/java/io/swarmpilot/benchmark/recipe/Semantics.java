package io.swarmpilot.benchmark.recipe;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// What the schema cannot say: whether the parts of a nested recipe fit one another and make sense.
///
/// Values of a wrong type are passed over: the schema names them.
final class Semantics {
  private static final String SERVERS = "orchestration.node_allocation.servers";
  private static final String CLIENTS = "orchestration.node_allocation.clients";
  private static final String MONITORS = "orchestration.node_allocation.monitors.nodes";
  private static final String TOTAL = "orchestration.total_nodes";
  private static final int CLIENTS_PER_SERVER = 10;

  private final Tree recipe;
  private final List<Issue> issues = new ArrayList<>();

  private Semantics(Tree recipe) {
    this.recipe = recipe;
  }

  /// Everything to say about a nested recipe, errors first.
  static List<Issue> check(Tree recipe) {
    Semantics semantics = new Semantics(recipe);
    semantics.nodes();
    semantics.resources();
    semantics.distribution();
    semantics.parallelism();
    semantics.issues.addAll(WorkloadSemantics.check(recipe));
    return semantics.issues.stream().sorted((a, b) -> a.level().compareTo(b.level())).toList();
  }

  private void nodes() {
    atLeast(SERVERS + ".nodes", 1, "at least one server node is needed");
    atLeast(CLIENTS + ".nodes", 1, "at least one client node is needed");
    recipe
        .whole(MONITORS)
        .ifPresent(nodes -> error(nodes == 1, MONITORS, "there must be exactly one monitor node"));
    OptionalLong servers = recipe.whole(SERVERS + ".nodes");
    OptionalLong clients = recipe.whole(CLIENTS + ".nodes");
    if (servers.isEmpty() || clients.isEmpty()) {
      return;
    }
    long needed = servers.getAsLong() + clients.getAsLong() + recipe.whole(MONITORS).orElse(1);
    recipe
        .whole(TOTAL)
        .ifPresent(total -> {
          error(
              needed <= total,
              TOTAL,
              "servers, clients and monitors need " + needed + " nodes, and there are " + total);
          warn(
              needed >= total,
              TOTAL,
              (total - needed) + " of " + total + " nodes are allocated to nothing");
        });
    warn(
        clients.getAsLong() <= CLIENTS_PER_SERVER * servers.getAsLong(),
        CLIENTS + ".nodes",
        clients.getAsLong()
            + " client nodes for "
            + servers.getAsLong()
            + " server nodes: more than "
            + CLIENTS_PER_SERVER
            + " a server");
    long perNode = recipe.whole(CLIENTS + ".clients_per_node").orElse(1);
    warn(perNode <= 100, CLIENTS + ".clients_per_node", "more than 100 clients on a node");
    warn(perNode != 1, CLIENTS + ".clients_per_node", "one client on a node drives little load");
  }

  private void resources() {
    String servers = "resources.servers";
    String clients = "resources.clients";
    atLeast(servers + ".gpus", 0, "cannot be negative");
    atLeast(servers + ".cpus_per_task", 1, "at least one CPU is needed");
    atLeast(servers + ".mem_gb", 1, "at least 1 GB is needed");
    atMost(servers + ".gpus", 8, "more than 8 GPUs: few nodes have them");
    atMost(servers + ".mem_gb", 512, "more than 512 GB: few nodes have it");
    atMost(servers + ".cpus_per_task", 128, "more than 128 CPUs: few nodes have them");
    atMost(clients + ".gpus", 0, "clients do not use GPUs");
    atMost(clients + ".mem_gb", 64, "more than 64 GB: clients do not need it");
  }

  private void distribution() {
    boolean isStatic =
        recipe.text(CLIENTS + ".distribution_strategy").filter("static"::equals).isPresent();
    error(
        !isStatic || !recipe.list(CLIENTS + ".target_mapping").isEmpty(),
        CLIENTS + ".target_mapping",
        "is needed with distribution_strategy static");
  }

  /// A distributed server must fit on the GPUs there are.
  private void parallelism() {
    Optional<Tree> distributed =
        recipe
            .tree("servers.service_config.distributed")
            .filter(tree -> tree.flag("enabled").orElse(false));
    OptionalLong gpus = recipe.whole("resources.servers.gpus");
    OptionalLong nodes = recipe.whole(SERVERS + ".nodes");
    if (distributed.isEmpty() || gpus.isEmpty() || nodes.isEmpty()) {
      return;
    }
    long tensor = distributed.get().whole("tensor_parallel_size").orElse(1);
    long pipeline = distributed.get().whole("pipeline_parallel_size").orElse(1);
    long there = gpus.getAsLong() * nodes.getAsLong();
    error(
        tensor * pipeline <= there,
        "servers.service_config.distributed",
        "tensor_parallel_size × pipeline_parallel_size needs "
            + tensor * pipeline
            + " GPUs, and there are "
            + there);
  }

  private void atLeast(String path, long least, String message) {
    recipe.whole(path).ifPresent(value -> error(value >= least, path, message));
  }

  private void atMost(String path, long most, String message) {
    recipe.whole(path).ifPresent(value -> warn(value <= most, path, message));
  }

  private void error(boolean holds, String path, String message) {
    if (!holds) {
      issues.add(Issue.error(path, message));
    }
  }

  private void warn(boolean holds, String path, String message) {
    if (!holds) {
      issues.add(Issue.warning(path, message));
    }
  }

  /// Services that can be asked for, for messages.
  static String names(Set<String> services) {
    return String.join(", ", services);
  }
}
