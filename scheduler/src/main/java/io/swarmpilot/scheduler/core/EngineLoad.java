package io.swarmpilot.scheduler.core;

/// How busy the engines of an instance say they are. It changes with every request, so that it is
/// no part of the journaled state.
///
/// @param running requests they work on, the mesh's and others'; -1 when they do not say
/// @param waiting requests they have queued; -1 when they do not say
/// @param cacheUse share of the fullest key-value cache in use, 0 to 1; NaN when none tells
public record EngineLoad(int running, int waiting, double cacheUse) {
  /// Of engines that do not say.
  public static final EngineLoad UNTOLD = new EngineLoad(-1, -1, Double.NaN);

  /// Whether they say.
  public boolean isTold() {
    return running >= 0;
  }
}
