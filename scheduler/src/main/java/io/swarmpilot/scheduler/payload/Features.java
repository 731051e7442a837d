package io.swarmpilot.scheduler.payload;

import com.google.common.collect.ImmutableMap;
import io.swarmpilot.scheduler.core.Target;
import java.util.OptionalDouble;

/// What is known about a task that tells how long it will execute.
///
/// @param numbers numeric features by name, finite
/// @param modelName variant of the model, or ""
/// @param target hardware and software the caller names, each "" when not named
/// @param knownMs execution time the caller knows, ms
public record Features(
    ImmutableMap<String, Double> numbers, String modelName, Target target, OptionalDouble knownMs) {
  /// The longest execution time that is believed, ms: some thirty years.
  public static final double LONGEST_MS = 1e12;

  /// Nothing is known.
  public static final Features NONE =
      new Features(ImmutableMap.of(), "", Target.UNKNOWN, OptionalDouble.empty());

  /// The kind of instance to predict for: what the caller names, else what the instance is.
  public Target predictedTarget(Target instance) {
    return new Target(
        either(target.hardware(), instance.hardware()),
        either(target.softwareName(), instance.softwareName()),
        either(target.softwareVersion(), instance.softwareVersion()));
  }

  private static String either(String named, String actual) {
    return named.isEmpty() ? actual : named;
  }
}
