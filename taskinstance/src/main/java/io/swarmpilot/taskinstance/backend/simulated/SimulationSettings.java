package io.swarmpilot.taskinstance.backend.simulated;

import com.fasterxml.jackson.databind.JsonNode;
import io.swarmpilot.runtime.error.FieldViolation;
import io.swarmpilot.runtime.error.Violations;
import java.util.concurrent.ThreadLocalRandom;

/// What is simulated.
///
/// @param latency how long an execution takes, unless its input says so
/// @param latencyField the number in a task's input that says how long its execution takes, ms; ""
///   for none
/// @param failureRate share of executions that fail, 0 to 1
/// @param seed makes a task's latency and fate follow from its id
record SimulationSettings(Latency latency, String latencyField, double failureRate, long seed) {
  /// The longest execution, ms.
  static final double MAX_MS = 3_600_000;

  /// The settings in a configuration.
  ///
  /// @throws io.swarmpilot.runtime.error.MeshException INVALID_FIELD naming every setting that is
  ///   wrong
  static SimulationSettings parse(JsonNode config) {
    Violations violations = new Violations();
    Latency latency = latency(config, violations);
    double failureRate = number(config, "failure_rate", 0, 0, 1, violations);
    JsonNode seed = config.path("seed");
    violations.require(
        isAbsent(seed) || seed.isIntegralNumber(), "config.seed", "must be an integer");
    JsonNode latencyField = config.path("latency_field");
    violations.require(
        isAbsent(latencyField) || latencyField.isTextual(),
        "config.latency_field",
        "must be the name of a number in tasks' inputs");
    violations.throwIfAny();
    return new SimulationSettings(
        latency,
        latencyField.asText(""),
        failureRate,
        isAbsent(seed) ? ThreadLocalRandom.current().nextLong() : seed.longValue());
  }

  private static Latency latency(JsonNode config, Violations violations) {
    double constant = number(config, "latency_ms", 0, 0, MAX_MS, violations);
    double mean = number(config, "mean_ms", constant, 0, MAX_MS, violations);
    double cv = number(config, "cv", 0.5, 0, 100, violations);
    return switch (config.path("distribution").asText("constant")) {
      case "constant" -> new Latency.Constant(mean);
      case "lognormal" -> new Latency.Lognormal(mean, cv);
      case "exponential" -> new Latency.Exponential(mean);
      default -> {
        violations.add(
            FieldViolation.invalid(
                "config.distribution", "must be constant, lognormal or exponential"));
        yield new Latency.Constant(0);
      }
    };
  }

  private static double number(
      JsonNode config, String name, double absent, double min, double max, Violations violations) {
    JsonNode value = config.path(name);
    if (isAbsent(value)) {
      return absent;
    }
    boolean valid = value.isNumber() && value.doubleValue() >= min && value.doubleValue() <= max;
    violations.require(valid, "config." + name, "must be a number from " + min + " to " + max);
    return valid ? value.doubleValue() : absent;
  }

  private static boolean isAbsent(JsonNode value) {
    return value.isMissingNode() || value.isNull();
  }
}
