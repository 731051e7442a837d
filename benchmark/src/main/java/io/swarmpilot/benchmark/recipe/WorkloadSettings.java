package io.swarmpilot.benchmark.recipe;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/// What one executor is asked to do: a checked body of `/start`.
///
/// @param name name of the run, for reports
/// @param targets URLs of the servers, in turn; empty for service dummy only
/// @param model model to ask for; empty for service dummy only
/// @param duration how long load is driven and measured, above 0
/// @param warmup how long it is driven before that without being measured
/// @param clients concurrent clients of a closed loop
/// @param thinkTime closed loop: pause of a client before its next request
/// @param targetRps requests per second of an open loop; empty for a closed one
/// @param distribution when an open loop sends
/// @param seed seed of everything random
/// @param promptTokens length of prompts, in words; empty for the service's own prompts
/// @param answerTokens longest answer, in tokens
/// @param stream whether answers are streamed
/// @param api what is called; empty for what the service calls by default
/// @param dataset file with prompts
/// @param startAt when to begin, Unix seconds; empty for at once
/// @param objectives bounds in ms by the names `ttft_ms`, `tpot_ms`, `itl_ms`, `latency_ms`
/// @param requestTimeout longest wait for one answer
public record WorkloadSettings(
    String name,
    List<String> targets,
    String model,
    Duration duration,
    Duration warmup,
    int clients,
    Duration thinkTime,
    OptionalDouble targetRps,
    Distribution distribution,
    long seed,
    OptionalInt promptTokens,
    int answerTokens,
    boolean stream,
    Optional<String> api,
    Optional<String> dataset,
    OptionalDouble startAt,
    Map<String, Double> objectives,
    Duration requestTimeout) {
  /// When an open loop sends.
  public enum Distribution {
    /// At equal distances.
    CONSTANT,
    /// At random, as many independent users would.
    POISSON,
    /// In bursts: gamma distributed distances of coefficient of variation 2.
    BURST
  }

  /// Copies the collections.
  public WorkloadSettings {
    targets = List.copyOf(targets);
    objectives = Map.copyOf(objectives);
  }

  /// Reads a body of `/start`. What stands under `workload` counts; a key beside it wins. Unknown
  /// keys are ignored.
  ///
  /// @param needsTarget whether a target and a model have to be there
  /// @throws InvalidSettingsException naming everything that is wrong
  public static WorkloadSettings read(Tree body, boolean needsTarget) {
    return new SettingsReader(body).read(needsTarget);
  }
}
