package io.swarmpilot.launcher.toolkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.swarmpilot.benchmark.orchestrate.BenchmarkException;
import io.swarmpilot.benchmark.orchestrate.BenchmarkResults;
import io.swarmpilot.benchmark.orchestrate.Orchestrator;
import io.swarmpilot.benchmark.orchestrate.OrchestratorSettings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Conducts a benchmark over several nodes.
@Command(
    name = "orchestrator",
    description = {
      "Conduct a benchmark over several nodes.",
      "Checks and prepares the servers, drives load from all client nodes, writes results.",
      "Exit codes: 0 done, 1 failed (E001 to E008), 2 wrong usage."
    })
public final class OrchestratorCommand implements Callable<Integer> {
  private static final int FAILED = 1;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--server-nodes",
      required = true,
      arity = "1..*",
      split = ",",
      paramLabel = "NODE",
      description = "Nodes with a server: names, host:port or URLs.")
  private List<String> serverNodes = new ArrayList<>();

  @Option(
      names = "--client-nodes",
      required = true,
      arity = "1..*",
      split = ",",
      paramLabel = "NODE",
      description = "Nodes with an executor: names or host:port.")
  private List<String> clientNodes = new ArrayList<>();

  @Option(
      names = "--workload-config-file",
      required = true,
      paramLabel = "FILE",
      description = "The recipe, YAML or JSON. It is only read.")
  private Path recipe = Path.of("");

  @Option(
      names = "--server-port",
      paramLabel = "PORT",
      description = "Port of the servers (default: the service's usual one, 11434 for Ollama).")
  private @Nullable Integer serverPort;

  @Option(
      names = "--client-port",
      paramLabel = "PORT",
      description = "Port of the executors (default: ${DEFAULT-VALUE}).")
  private int clientPort = OrchestratorSettings.DEFAULT_CLIENT_PORT;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "Longest time of each step before load (default: ${DEFAULT-VALUE}).")
  private int timeout = 600;

  @Mixin private Observation observation = new Observation();

  @Option(
      names = "--output-dir",
      paramLabel = "DIR",
      description = "Where results go (default: OUTPUT_DIR, or ${DEFAULT-VALUE}).")
  private Path outputDirectory = Path.of("benchmark_output");

  @Option(names = "--json", description = "Print the results as JSON.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    Orchestrator orchestrator = orchestrator();
    try (Breaking _ = Breaking.on(orchestrator)) {
      return conduct(orchestrator);
    }
  }

  private int conduct(Orchestrator orchestrator) throws InterruptedException {
    try {
      show(orchestrator.run());
      return 0;
    } catch (BenchmarkException e) {
      e.results().ifPresent(this::show);
      command().commandLine().getErr().println(e.getMessage());
      return FAILED;
    }
  }

  private Orchestrator orchestrator() {
    try {
      PrintWriter told = json ? command().commandLine().getErr() : out();
      ProgressBar bar = new ProgressBar(told);
      Orchestrator orchestrator =
          new Orchestrator(settings(), recipe).onLine(bar::line).onProgress(bar::at);
      observation
          .companions(serverNodes, clientNodes, outputDirectory)
          .forEach(orchestrator::accompaniedBy);
      return orchestrator;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command().commandLine(), String.valueOf(e.getMessage()));
    }
  }

  private OrchestratorSettings settings() {
    return OrchestratorSettings.of(serverNodes, clientNodes)
        .withPorts(
            serverPort == null ? OptionalInt.empty() : OptionalInt.of(serverPort), clientPort)
        .withTimeout(Duration.ofSeconds(timeout))
        .withOutputDirectory(outputDirectory);
  }

  private void show(BenchmarkResults results) {
    if (json) {
      out().println(text(results));
      return;
    }
    out()
        .printf(
            "%-32s %10s %8s %10s %10s %10s %10s%n",
            "run", "requests", "errors", "req/s", "p50", "p90", "p99");
    results
        .runs()
        .forEach(run ->
            out()
                .printf(
                    Locale.ROOT,
                    "%-32s %10d %8d %10.2f %9.3fs %9.3fs %9.3fs%s%n",
                    run.run().name(),
                    run.metrics().totalRequests(),
                    run.metrics().totalErrors(),
                    run.metrics().throughputRps(),
                    run.metrics().p50Latency(),
                    run.metrics().p90Latency(),
                    run.metrics().p99Latency(),
                    mark(run.complete(), run.invalid())));
    out().println("results in " + results.directory().resolve("results"));
    out().flush();
  }

  private static String mark(boolean complete, List<String> invalid) {
    return (complete ? "" : "  incomplete") + (invalid.isEmpty() ? "" : "  invalid: " + invalid);
  }

  private static String text(BenchmarkResults results) {
    try {
      return new ObjectMapper().writeValueAsString(results.asMap());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("results are always JSON", e);
    }
  }

  private PrintWriter out() {
    return command().commandLine().getOut();
  }

  private CommandSpec command() {
    if (spec == null) {
      throw new IllegalStateException("not run from a command line");
    }
    return spec;
  }
}
