package io.swarmpilot.benchmark.slurm;

import com.google.common.base.Joiner;
import io.swarmpilot.benchmark.recipe.InvalidSettingsException;
import io.swarmpilot.benchmark.recipe.Issue;
import io.swarmpilot.benchmark.recipe.Recipe;
import io.swarmpilot.benchmark.recipe.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The script with which `sbatch` runs a recipe: servers, executors and the orchestrator, each
/// group of nodes with the resources that the recipe gives it (a heterogeneous job, so that clients
/// do not hold GPUs). It ends as soon as the orchestrator does and with its exit code.
public final class JobScript {
  /// What Slurm's directives take; nothing in them can be quoted.
  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9._:/@=,+-]+");

  private static final int CLIENT_PORT = 6_000;
  private static final String NODES = "orchestration.node_allocation.";

  private final Tree document;
  private final JobSettings settings;
  private final ServerCommand server;
  private final String service;
  private final List<Issue> issues = new ArrayList<>();

  private JobScript(Recipe recipe, JobSettings settings) {
    document = recipe.document();
    service = recipe.service();
    server = new ServerCommand(recipe);
    this.settings = settings;
  }

  /// The script.
  ///
  /// @throws InvalidSettingsException naming everything that keeps the recipe from being a job
  public static String of(Recipe recipe, JobSettings settings) {
    return new JobScript(recipe, settings).text();
  }

  private String text() {
    String directives = directives();
    String serve = server.serve();
    if (!issues.isEmpty()) {
      throw new InvalidSettingsException(issues);
    }
    return String.join("\n", directives, prologue(), servers(serve), clients(), orchestrator());
  }

  private String directives() {
    List<String> lines = new ArrayList<>(List.of("#!/bin/bash"));
    lines.addAll(group("servers", true));
    lines.add("#SBATCH hetjob");
    lines.addAll(group("clients", false));
    lines.add("#SBATCH hetjob");
    lines.addAll(group("monitors", false));
    return Joiner.on('\n').join(lines) + "\n";
  }

  private List<String> group(String part, boolean first) {
    List<String> lines = new ArrayList<>();
    if (first) {
      lines.add(directive("job-name", "scenario", Optional.of("swarmpilot-benchmark")));
      lines.add(directive("time", "orchestration.job_config.time_limit", Optional.of("02:00:00")));
    }
    lines.add(directive("account", "account", Optional.empty()));
    lines.add(directive("partition", "partition", Optional.empty()));
    lines.add(directive("qos", "qos", Optional.empty()));
    lines.add(directive("reservation", "orchestration.job_config.reservation", Optional.empty()));
    lines.add("#SBATCH --nodes=" + document.whole(NODES + part + ".nodes").orElse(1));
    lines.add("#SBATCH --ntasks-per-node=1");
    String resources = "resources." + part;
    document
        .whole(resources + ".cpus_per_task")
        .ifPresent(cpus -> lines.add("#SBATCH --cpus-per-task=" + cpus));
    document.whole(resources + ".mem_gb").ifPresent(mem -> lines.add("#SBATCH --mem=" + mem + "G"));
    long gpus = document.whole(resources + ".gpus").orElse(0);
    if (gpus > 0) {
      lines.add("#SBATCH --gres=gpu:" + gpus);
    }
    if (document.flag("orchestration.job_config.exclusive").orElse(true)) {
      lines.add("#SBATCH --exclusive");
    }
    lines.removeIf(String::isEmpty);
    return lines;
  }

  private String directive(String option, String path, Optional<String> otherwise) {
    Optional<String> value = document.text(path).or(() -> otherwise);
    if (value.isEmpty()) {
      return "";
    }
    if (!WORD.matcher(value.get()).matches()) {
      issues.add(Issue.error(path, "Slurm takes letters, digits and ._:/@=,+- only"));
    }
    return "#SBATCH --" + option + "=" + value.get();
  }

  private String prologue() {
    return """
    set -euo pipefail
    export OUTPUT_DIR=%s
    SWARMPILOT=%s
    RECIPE=%s
    mkdir -p "$OUTPUT_DIR"
    %s
    hosts() { scontrol show hostnames "$1"; }
    mapfile -t SERVERS < <(hosts "$SLURM_JOB_NODELIST_HET_GROUP_0")
    mapfile -t CLIENTS < <(hosts "$SLURM_JOB_NODELIST_HET_GROUP_1")

    # Whatever happens, nothing of this job outlives it.
    trap 'trap - EXIT; kill $(jobs -p) 2>/dev/null || true; wait' EXIT
    """
        .formatted(
            Shell.quoted(settings.outputDirectory()),
            Shell.quoted(settings.swarmpilot()),
            Shell.quoted(settings.recipe()),
            modules());
  }

  /// The recipe's modules, else those that the user's environment names.
  private String modules() {
    List<Object> named = document.list("modules");
    String loading =
        named.isEmpty()
            ? "for module in ${HPC_MODULES//,/ }; do module load \"$module\"; done"
            : named.stream()
                .map(name -> "module load " + Shell.quoted(String.valueOf(name)))
                .collect(Collectors.joining("\n"));
    return named.isEmpty() ? "HPC_MODULES=${HPC_MODULES:-}\n" + loading : loading;
  }

  private String servers(String serve) {
    return server.isDistributed() ? cluster(serve) : each(serve);
  }

  private static String each(String serve) {
    return """
    srun --het-group=0 --output="$OUTPUT_DIR/container_%%N.log" --error="$OUTPUT_DIR/container_%%N.err" \\
      %s &
    """
        .formatted(serve);
  }

  /// The head serves; the others lend it their GPUs.
  private String cluster(String serve) {
    return """
    export HEAD_IP
    HEAD_IP=$(srun --het-group=0 --nodes=1 --ntasks=1 --nodelist="${SERVERS[0]}" hostname -I | awk '{print $1}')
    logs=(--output="$OUTPUT_DIR/container_%%N.log" --error="$OUTPUT_DIR/container_%%N.err")
    srun --het-group=0 --nodes=1 --ntasks=1 --nodelist="${SERVERS[0]}" "${logs[@]}" \\
      bash -c 'NODE_IP=$HEAD_IP; %s && exec %s' &
    for node in "${SERVERS[@]:1}"; do
      srun --het-group=0 --nodes=1 --ntasks=1 --nodelist="$node" "${logs[@]}" \\
        bash -c 'NODE_IP=$(hostname -I | awk "{print \\$1}"); until %s; do sleep 2; done' &
    done
    SERVERS=("${SERVERS[0]}")
    """
        .formatted(
            inSingleQuotes(server.rayHead()),
            inSingleQuotes(serve),
            inSingleQuotes(server.rayWorker()));
  }

  private static String inSingleQuotes(String text) {
    return text.replace("'", "'\\''");
  }

  private String clients() {
    return """
    srun --het-group=1 --output="$OUTPUT_DIR/client_%%N.log" --error="$OUTPUT_DIR/client_%%N.err" \\
      "$SWARMPILOT" executor --service %s --port %d &
    """
        .formatted(Shell.quoted(service), CLIENT_PORT);
  }

  private String orchestrator() {
    return """
    monitoring=()
    if [ -n "${PUSHGATEWAY_NODE:-}" ]; then
      monitoring=(--enable-monitoring --pushgateway-node "$PUSHGATEWAY_NODE")
    fi
    srun --het-group=2 "$SWARMPILOT" orchestrator \\
      --server-nodes "${SERVERS[@]}" --server-port %d \\
      --client-nodes "${CLIENTS[@]}" --client-port %d \\
      --workload-config-file "$RECIPE" "${monitoring[@]}"
    """
        .formatted(server.port(), CLIENT_PORT);
  }
}
