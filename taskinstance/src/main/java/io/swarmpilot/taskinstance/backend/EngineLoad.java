package io.swarmpilot.taskinstance.backend;

/// How busy an engine says it is, with everything it serves: the mesh's tasks and others'.
///
/// @param source address that told it; the same for replicas that share an engine
/// @param running requests it works on
/// @param waiting requests it has queued
/// @param cacheUse share of its key-value cache in use, 0 to 1; NaN when it does not tell
public record EngineLoad(String source, int running, int waiting, double cacheUse) {
  /// The load of two engines together; of their caches the fuller one.
  public EngineLoad plus(EngineLoad other) {
    return new EngineLoad(
        source,
        running + other.running,
        waiting + other.waiting,
        Double.isNaN(cacheUse)
            ? other.cacheUse
            : Double.isNaN(other.cacheUse) ? cacheUse : Math.max(cacheUse, other.cacheUse));
  }
}
