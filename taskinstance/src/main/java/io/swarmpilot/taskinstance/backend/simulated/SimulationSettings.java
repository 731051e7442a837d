package io.swarmpilot.taskinstance.backend.simulated;

import com.fasterxml.jackson.databind.JsonNode;
import io.swarmpilot.runtime.error.Violations;
import io.swarmpilot.taskinstance.backend.ReplicaSpec;
import io.swarmpilot.taskinstance.backend.RunFailure;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;

/// What is simulated.
///
/// @param source where the time that executions take comes from
/// @param tokens how many tokens they read and generate
/// @param noise factor that each execution's time is multiplied with
/// @param slots executions at the same moment, 1 to 1,024
/// @param batchSlowdown share by which each further execution slows all of them
/// @param faults what goes wrong, and when
/// @param seed makes a task's time and fate follow from its id
record SimulationSettings(
    Source source,
    Tokens tokens,
    Latency noise,
    int slots,
    double batchSlowdown,
    Faults faults,
    long seed) {
  private static final Set<String> KNOWN =
      Set.of(
          "backend",
          "latency_ms",
          "distribution",
          "mean_ms",
          "cv",
          "quantiles",
          "latency_field",
          "table_file",
          "performance_file",
          "performance_model",
          "performance_hardware",
          "tensor_parallel",
          "noise_cv",
          "prompt_tokens",
          "output_tokens",
          "first_output_share",
          "slots",
          "batch_slowdown",
          "failure_rate",
          "failure_kind",
          "failure_at",
          "slowdown_rate",
          "slowdown",
          "faults",
          "seed");

  private static final int MAX_SLOTS = 1_024;

  /// The settings in a configuration.
  ///
  /// @throws io.swarmpilot.runtime.error.MeshException INVALID_FIELD naming every setting that is
  ///   wrong
  static SimulationSettings parse(ReplicaSpec spec) {
    Violations violations = new Violations();
    Config config = new Config(spec.config(), "config", violations);
    config.allow(KNOWN);
    SimulationSettings settings =
        new SimulationSettings(
            LatencySettings.parse(config, spec.modelType()),
            new Tokens(
                config.integer("prompt_tokens", 0, 0, Tokens.MAX),
                config.integer("output_tokens", 0, 0, Tokens.MAX),
                config.number("first_output_share", 0.2, 0, 1)),
            new Latency.Lognormal(1, config.number("noise_cv", 0, 0, 100)),
            config.integer("slots", 1, 1, MAX_SLOTS),
            config.number("batch_slowdown", 0, 0, 100),
            FaultSettings.parse(config),
            seed(config));
    violations.throwIfAny();
    return settings;
  }

  /// Whether the inputs of tasks make a difference.
  boolean areInputsRead() {
    return tokens.areAny() || !(source instanceof Source.Drawn);
  }

  /// What becomes of a task, by its id and nothing else that is drawn.
  ///
  /// @param openMs time since the replica was opened, ms
  Fate fate(String taskId, JsonNode input, double openMs) throws RunFailure {
    SplittableRandom random = new SplittableRandom(seed * 31 + taskId.hashCode());
    Work work = source.work(input, tokens, random);
    boolean fails = random.nextDouble() < faults.failureRate(openMs);
    boolean slow = random.nextDouble() < faults.always().slowRate();
    double factor = noise.draw(random) * (slow ? faults.always().slowdown() : 1);
    return new Fate(work.times(factor).slowedByOthers(batchSlowdown), fails);
  }

  private static long seed(Config config) {
    JsonNode seed = config.object().path("seed");
    config.require(!config.has("seed") || seed.isIntegralNumber(), "seed", "must be an integer");
    return config.has("seed") ? seed.longValue() : ThreadLocalRandom.current().nextLong();
  }

  /// What becomes of a task.
  ///
  /// @param work what it has to do
  /// @param fails whether it fails
  record Fate(Work work, boolean fails) {}
}
