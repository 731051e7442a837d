package io.swarmpilot.benchmark.orchestrate;

import io.swarmpilot.benchmark.controller.BaseWorkloadController;
import io.swarmpilot.benchmark.controller.NodeProblem;
import io.swarmpilot.benchmark.http.Endpoint;
import io.swarmpilot.benchmark.recipe.InvalidSettingsException;
import io.swarmpilot.benchmark.recipe.Issue;
import io.swarmpilot.benchmark.recipe.PlannedRun;
import io.swarmpilot.benchmark.recipe.Recipe;
import io.swarmpilot.benchmark.recipe.Tree;
import io.swarmpilot.benchmark.recipe.read.Findings;
import io.swarmpilot.benchmark.recipe.read.RecipeFile;
import io.swarmpilot.benchmark.recipe.read.RecipeFileException;
import io.swarmpilot.benchmark.recipe.read.RecipeSchema;
import io.swarmpilot.benchmark.servers.BaseServerManager;
import io.swarmpilot.benchmark.servers.ServerEvent;
import io.swarmpilot.benchmark.service.ServiceFactory;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Everything that has to be right before load is driven.
///
/// @param blueprint what each client is to do
/// @param controller drives the executors
/// @param problems where the controller puts why nodes did not do what they were asked to
record Preparation(
    Blueprint blueprint, BaseWorkloadController controller, List<NodeProblem> problems) {
  private static final int FALLBACK_PORT = 11_434;

  /// Reads and checks a recipe.
  ///
  /// @throws BenchmarkException E006 when it cannot be used
  static Recipe recipe(@Nullable Path file, Tree given, Consumer<String> narrator)
      throws BenchmarkException {
    try {
      Tree document = file == null ? given : RecipeFile.read(file);
      Findings findings = Findings.of(document, RecipeSchema.own());
      findings.warnings().forEach(issue -> narrator.accept("warning: " + issue));
      if (!findings.errors().isEmpty()) {
        throw new BenchmarkException(ErrorCode.E006, sentences(findings.errors()));
      }
      return Recipe.of(document);
    } catch (RecipeFileException e) {
      throw new BenchmarkException(ErrorCode.E006, String.valueOf(e.getMessage()));
    }
  }

  /// Prepares everything.
  ///
  /// @throws BenchmarkException E001, E002, E003 or E006
  static Preparation of(
      Recipe recipe,
      List<PlannedRun> plan,
      OrchestratorSettings settings,
      Consumer<String> narrator)
      throws BenchmarkException {
    BaseServerManager manager = manager(recipe);
    int serverPort = serverPort(recipe.service(), settings.serverPort());
    Blueprint blueprint = Blueprint.of(recipe, plan, settings, serverPort);
    servers(recipe, manager, settings, serverPort, narrator);
    List<NodeProblem> problems = new CopyOnWriteArrayList<>();
    BaseWorkloadController controller = controller(recipe, settings);
    controller.onProblem(problems::add);
    narrator.accept("checking executors: " + String.join(", ", settings.clientNodes()));
    if (!controller.verifyClientHealth()) {
      throw new BenchmarkException(ErrorCode.E002, told(problems));
    }
    return new Preparation(blueprint, controller, problems);
  }

  /// The problems since the last call, as a sentence.
  String problemsNow() {
    String text = told(problems);
    problems.clear();
    return text;
  }

  /// The port of servers that name none.
  static int serverPort(String service, OptionalInt given) {
    if (given.isPresent()) {
      return given.getAsInt();
    }
    int usual =
        ServiceFactory.listServices().contains(service)
            ? ServiceFactory.createServerManager(service, Map.of()).getDefaultPort()
            : 0;
    return usual > 0 ? usual : FALLBACK_PORT;
  }

  private static BaseServerManager manager(Recipe recipe) throws BenchmarkException {
    try {
      Map<String, @Nullable Object> config = new LinkedHashMap<>(recipe.document().root());
      config.put("service_config", recipe.serviceConfig().root());
      recipe
          .document()
          .tree("servers.health_check")
          .ifPresent(check -> config.put("health_check", check.root()));
      if (recipe.workload().get("model") != null) {
        config.put("model", recipe.workload().get("model"));
      }
      BaseServerManager manager = ServiceFactory.createServerManager(recipe.service(), config);
      Map<String, Object> _ = manager.parseServiceConfig(config);
      return manager;
    } catch (InvalidSettingsException e) {
      throw new BenchmarkException(ErrorCode.E006, "servers.service_config: " + e.getMessage());
    } catch (IllegalArgumentException e) {
      throw new BenchmarkException(ErrorCode.E006, String.valueOf(e.getMessage()));
    }
  }

  private static void servers(
      Recipe recipe,
      BaseServerManager manager,
      OrchestratorSettings settings,
      int serverPort,
      Consumer<String> narrator)
      throws BenchmarkException {
    List<String> problems = new CopyOnWriteArrayList<>();
    manager.onEvent(event -> {
      if (event.kind() == ServerEvent.Kind.PROBLEM) {
        problems.add(event.toString().strip());
      } else {
        narrator.accept(event.toString());
      }
    });
    List<String> endpoints =
        settings.serverNodes().stream()
            .map(name -> Endpoint.parse(name, serverPort).base())
            .toList();
    if (recipe.healthCheck().enabled()) {
      narrator.accept("checking servers: " + String.join(", ", settings.serverNodes()));
      if (!manager.verifyHealth(endpoints, healthTimeout(recipe, settings))) {
        throw new BenchmarkException(ErrorCode.E001, String.join("; ", problems));
      }
    }
    narrator.accept("preparing servers");
    if (!manager.prepareService(endpoints, settings.timeoutSeconds())) {
      throw new BenchmarkException(ErrorCode.E003, String.join("; ", problems));
    }
  }

  /// The recipe's patience, within that of the command.
  private static int healthTimeout(Recipe recipe, OrchestratorSettings settings) {
    long wanted = recipe.healthCheck().timeout().orElse(settings.timeout()).toSeconds();
    return Math.clamp(wanted, 1, settings.timeoutSeconds());
  }

  private static BaseWorkloadController controller(Recipe recipe, OrchestratorSettings settings)
      throws BenchmarkException {
    try {
      return ServiceFactory.createWorkloadController(
          recipe.service(),
          settings.clientNodes(),
          settings.clientPort(),
          settings.timeoutSeconds());
    } catch (IllegalArgumentException e) {
      throw new BenchmarkException(ErrorCode.E006, String.valueOf(e.getMessage()));
    }
  }

  private static String told(List<NodeProblem> problems) {
    return problems.stream().map(NodeProblem::toString).collect(Collectors.joining("; "));
  }

  private static String sentences(List<Issue> issues) {
    return issues.stream().map(Issue::toString).collect(Collectors.joining("; "));
  }
}
