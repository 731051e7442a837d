package io.swarmpilot.benchmark.orchestrate;

import io.swarmpilot.benchmark.http.Endpoint;
import io.swarmpilot.benchmark.recipe.Distribution;
import io.swarmpilot.benchmark.recipe.InvalidSettingsException;
import io.swarmpilot.benchmark.recipe.PlannedRun;
import io.swarmpilot.benchmark.recipe.Recipe;
import io.swarmpilot.benchmark.recipe.Tree;
import io.swarmpilot.benchmark.recipe.WorkloadSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// What each client node is to do in each run: its servers, its share of the rate, its own seed.
final class Blueprint {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private final List<String> clients;
  private final List<List<String>> targets;
  private final boolean needsTarget;

  private Blueprint(List<String> clients, List<List<String>> targets, boolean needsTarget) {
    this.clients = clients;
    this.targets = targets;
    this.needsTarget = needsTarget;
  }

  /// The blueprint of a recipe, every run of it checked.
  ///
  /// @param serverPort port of servers that name none
  /// @throws BenchmarkException E006 when a run cannot be done
  static Blueprint of(
      Recipe recipe, List<PlannedRun> runs, OrchestratorSettings settings, int serverPort)
      throws BenchmarkException {
    try {
      Distribution distribution = recipe.distribution();
      SplittableRandom random =
          new SplittableRandom(new Tree(recipe.workload()).whole("seed").orElse(0));
      List<List<String>> targets =
          distribution.assign(settings.clientNodes(), settings.serverNodes(), random).stream()
              .map(servers ->
                  servers.stream().map(name -> Endpoint.parse(name, serverPort).base()).toList())
              .toList();
      Blueprint blueprint =
          new Blueprint(settings.clientNodes(), targets, !recipe.service().equals("dummy"));
      for (PlannedRun run : runs) {
        for (Map<String, @Nullable Object> body : blueprint.bodies(run, 0)) {
          WorkloadSettings.read(new Tree(body), blueprint.needsTarget);
        }
      }
      return blueprint;
    } catch (InvalidSettingsException | IllegalArgumentException e) {
      throw new BenchmarkException(ErrorCode.E006, String.valueOf(e.getMessage()));
    }
  }

  /// How long a run drives load, warm-up included.
  Duration length(PlannedRun run) {
    WorkloadSettings settings =
        WorkloadSettings.read(new Tree(bodies(run, 0).getFirst()), needsTarget);
    return settings.warmup().plus(settings.duration());
  }

  /// How long the last request of a run may take.
  Duration lastRequest(PlannedRun run) {
    return WorkloadSettings.read(new Tree(bodies(run, 0).getFirst()), needsTarget).requestTimeout();
  }

  /// What each client is asked to do.
  ///
  /// @param startAt when all begin, Unix seconds; 0 for at once
  List<Map<String, @Nullable Object>> bodies(PlannedRun run, double startAt) {
    List<Map<String, @Nullable Object>> bodies = new ArrayList<>();
    for (int client = 0; client < clients.size(); client++) {
      Map<String, @Nullable Object> body = new LinkedHashMap<>(run.body());
      List<String> servers = targets.get(client);
      body.put("server_url", servers.getFirst());
      if (servers.size() > 1) {
        body.put("server_endpoints", servers);
      }
      Tree tree = new Tree(run.body());
      tree.number("target_rps").ifPresent(rate -> body.put("target_rps", rate / clients.size()));
      body.put("seed", tree.whole("seed").orElse(0) + client * GOLDEN);
      if (startAt > 0) {
        body.put("start_at", startAt);
      }
      bodies.add(body);
    }
    return bodies;
  }
}
