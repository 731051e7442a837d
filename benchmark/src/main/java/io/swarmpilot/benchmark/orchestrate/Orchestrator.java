package io.swarmpilot.benchmark.orchestrate;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.swarmpilot.benchmark.controller.BaseWorkloadController;
import io.swarmpilot.benchmark.recipe.PlannedRun;
import io.swarmpilot.benchmark.recipe.Recipe;
import io.swarmpilot.benchmark.recipe.Tree;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Conducts a benchmark: checks and prepares the servers, starts the executors of all client nodes
/// together, follows every run of the recipe, adds up what they measured and writes it down.
///
/// ```java
/// Orchestrator orchestrator =
///     new Orchestrator(
///         List.of("mel2001", "mel2002"), List.of("mel2003", "mel2004"),
///         "recipes/ollama_meluxina.yaml", 11434, 6000, 600);
/// BenchmarkResults results = orchestrator.run();
/// System.out.println("Throughput: " + results.throughputRps() + " req/s");
/// ```
///
/// The recipe is read and never written.
public final class Orchestrator {
  private final OrchestratorSettings settings;
  private final @Nullable Path file;
  private final Tree given;
  private final List<Companion> companions = new ArrayList<>();
  private Consumer<String> narrator = line -> {};
  private Consumer<RunProgress> progress = now -> {};
  private Duration grace = Duration.ofSeconds(30);
  private volatile boolean cancelled;
  private volatile @Nullable BaseWorkloadController driving;

  /// An orchestrator of a recipe in a file.
  ///
  /// @param serverPort port of servers that are named without one
  /// @param clientPort port of executors that are named without one
  /// @param timeoutSeconds longest time of each step before load
  public Orchestrator(
      List<String> serverNodes,
      List<String> clientNodes,
      String configFile,
      int serverPort,
      int clientPort,
      int timeoutSeconds) {
    this(
        OrchestratorSettings.of(serverNodes, clientNodes)
            .withPorts(OptionalInt.of(serverPort), clientPort)
            .withTimeout(Duration.ofSeconds(timeoutSeconds)),
        Path.of(configFile));
  }

  /// An orchestrator of a recipe in a file.
  public Orchestrator(OrchestratorSettings settings, Path configFile) {
    this.settings = settings;
    this.file = configFile;
    this.given = Tree.EMPTY;
  }

  /// An orchestrator of a recipe as a tree.
  public Orchestrator(
      OrchestratorSettings settings, Map<String, ? extends @Nullable Object> config) {
    this.settings = settings;
    this.file = null;
    this.given = new Tree(config);
  }

  /// Adds something that accompanies the benchmark.
  @CanIgnoreReturnValue
  public Orchestrator accompaniedBy(Companion companion) {
    companions.add(companion);
    return this;
  }

  /// Who is told what is done, line by line; from several threads.
  @CanIgnoreReturnValue
  public Orchestrator onLine(Consumer<String> narrator) {
    this.narrator = narrator;
    return this;
  }

  /// Who is told how a run is going.
  @CanIgnoreReturnValue
  public Orchestrator onProgress(Consumer<RunProgress> progress) {
    this.progress = progress;
    return this;
  }

  /// How much longer than its last request may take a run may last; 30 s unless said.
  @CanIgnoreReturnValue
  public Orchestrator withGrace(Duration beyond) {
    this.grace = beyond;
    return this;
  }

  /// Runs the benchmark.
  ///
  /// @throws BenchmarkException when it failed; what was measured before is in it and on disk
  public BenchmarkResults run() throws BenchmarkException, InterruptedException {
    Recipe recipe = Preparation.recipe(file, given, narrator);
    ResultFiles files = new ResultFiles(settings.outputDirectory());
    files.prepare();
    List<PlannedRun> plan = PlannedRun.of(recipe);
    List<RunResult> done = new ArrayList<>();
    try {
      Preparation ready = Preparation.of(recipe, plan, settings, narrator);
      driving = ready.controller();
      Company company = Company.begin(companions, narrator);
      try {
        new Conductor(ready, settings, files, narrator, progress, () -> cancelled, grace)
            .conduct(plan, done);
      } finally {
        company.end();
      }
    } catch (BenchmarkException e) {
      BenchmarkResults partial =
          results("failed", recipe, plan, done, Optional.of(String.valueOf(e.getMessage())));
      files.summary(partial);
      throw e.with(partial);
    }
    BenchmarkResults results = results("completed", recipe, plan, done, Optional.empty());
    files.summary(results);
    return results;
  }

  /// Breaks the benchmark off: load ends everywhere, and `run` ends soon after. Any thread.
  public void cancel() {
    cancelled = true;
    BaseWorkloadController controller = driving;
    if (controller != null) {
      boolean _ = controller.stopWorkload();
    }
  }

  private BenchmarkResults results(
      String status,
      Recipe recipe,
      List<PlannedRun> plan,
      List<RunResult> done,
      Optional<String> error) {
    Map<String, Object> experiment = new LinkedHashMap<>();
    experiment.put("service", recipe.service());
    experiment.put("model", String.valueOf(recipe.workload().getOrDefault("model", "")));
    experiment.put("server_nodes", settings.serverNodes());
    experiment.put("server_port", Preparation.serverPort(recipe.service(), settings.serverPort()));
    experiment.put("client_nodes", settings.clientNodes());
    experiment.put("client_port", settings.clientPort());
    experiment.put(
        "clients_per_node",
        recipe.clientsPerNode().isPresent()
            ? (Object) recipe.clientsPerNode().getAsInt()
            : recipe.workload().getOrDefault("clients_per_node", 1));
    experiment.put("output_dir", settings.outputDirectory().toString());
    return new BenchmarkResults(
        status, done, plan.size(), experiment, settings.outputDirectory(), error);
  }
}
