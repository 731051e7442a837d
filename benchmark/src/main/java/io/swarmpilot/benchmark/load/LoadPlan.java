package io.swarmpilot.benchmark.load;

import io.swarmpilot.benchmark.measure.Slo;
import io.swarmpilot.benchmark.prompts.PromptSource;

/// One run of load.
///
/// ```java
/// LoadPlan plan =
///     LoadPlan.of(
///         Aim.at(Api.OPENAI_CHAT, "llama", "http://node1:8000"),
///         new Arrival.Open(Spacing.POISSON, new Rate.Steady(20)),
///         new Phases(ofSeconds(30), ofMinutes(5), ofSeconds(10)),
///         SyntheticPrompts.of(Length.normal(512, 128), Length.constant(100)));
/// ```
///
/// @param aim what it is aimed at
/// @param arrival when requests start
/// @param phases how long it takes
/// @param prompts what is asked
/// @param slo what makes a request good
/// @param limits what bounds it
/// @param seed of its schedule and its prompts: the same seed, the same of both
/// @param startAtEpochMillis when it starts by the clock on the wall, so that several generators
///   measure the same window; 0 or what is past for at once
public record LoadPlan(
    Aim aim,
    Arrival arrival,
    Phases phases,
    PromptSource prompts,
    Slo slo,
    Limits limits,
    long seed,
    long startAtEpochMillis) {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  /// A run at once with no objective and the usual limits.
  public static LoadPlan of(Aim aim, Arrival arrival, Phases phases, PromptSource prompts) {
    return new LoadPlan(aim, arrival, phases, prompts, Slo.NONE, Limits.DEFAULT, 1, 0);
  }

  /// The same aimed at something else.
  public LoadPlan withAim(Aim other) {
    return new LoadPlan(other, arrival, phases, prompts, slo, limits, seed, startAtEpochMillis);
  }

  /// The same with other phases.
  public LoadPlan withPhases(Phases other) {
    return new LoadPlan(aim, arrival, other, prompts, slo, limits, seed, startAtEpochMillis);
  }

  /// The same with another objective.
  public LoadPlan withSlo(Slo objective) {
    return new LoadPlan(aim, arrival, phases, prompts, objective, limits, seed, startAtEpochMillis);
  }

  /// The same with other limits.
  public LoadPlan withLimits(Limits other) {
    return new LoadPlan(aim, arrival, phases, prompts, slo, other, seed, startAtEpochMillis);
  }

  /// The same with other arrivals.
  public LoadPlan withArrival(Arrival other) {
    return new LoadPlan(aim, other, phases, prompts, slo, limits, seed, startAtEpochMillis);
  }

  /// The same with another seed.
  public LoadPlan withSeed(long other) {
    return new LoadPlan(aim, arrival, phases, prompts, slo, limits, other, startAtEpochMillis);
  }

  /// The same at another time.
  public LoadPlan startingAt(long epochMillis) {
    return new LoadPlan(aim, arrival, phases, prompts, slo, limits, seed, epochMillis);
  }

  /// What one of several generators does of an open run: its share of the rate or of the trace,
  /// with a seed of its own. Users of a closed run are by generator already, and stay.
  ///
  /// @param index which generator, from 0
  /// @param of how many there are
  public LoadPlan part(int index, int of) {
    if (index < 0 || index >= of) {
      throw new IllegalArgumentException("part " + index + " of " + of);
    }
    Arrival share =
        switch (arrival) {
          case Arrival.Closed closed -> closed;
          case Arrival.Open open -> new Arrival.Open(open.spacing(), open.rate().times(1.0 / of));
          case Arrival.Replay replay ->
              new Arrival.Replay(
                  replay.times(), replay.timeScale(), (int) replay.row(index), replay.parts() * of);
        };
    return withArrival(share).withSeed(index == 0 ? seed : seed + index * GOLDEN);
  }
}
