package io.swarmpilot.scheduler.shadow;

/// What came of a shadow so far.
///
/// @param terms what it is
/// @param state whether it goes on
/// @param compared tasks that ended both in the live mesh and in the virtual one
/// @param open tasks that have yet to end on either side
/// @param excluded tasks left out because their caller withdrew them or the model failed on them
/// @param assumed tasks compared whose execution time was not known in time: predicted
/// @param lag how far virtual time is behind, ns
/// @param restarts how often it stood anew where the live mesh stood, because events were lost
/// @param faults commands that the policy or the core failed on
/// @param live how the last tasks compared fared in the live mesh
/// @param shadow how the same tasks fared in the virtual one
public record ShadowReport(
    ShadowTerms terms,
    State state,
    long compared,
    int open,
    long excluded,
    long assumed,
    long lag,
    int restarts,
    long faults,
    Figures live,
    Figures shadow) {
  /// Whether a shadow goes on.
  public enum State {
    /// It has yet to be told where the live mesh stands.
    STARTING,
    /// It follows the live mesh.
    RUNNING,
    /// It failed and is over; its figures are of before.
    FAILED
  }
}
