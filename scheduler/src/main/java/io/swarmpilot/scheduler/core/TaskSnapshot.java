package io.swarmpilot.scheduler.core;

import java.util.Optional;

/// A task as it was at one moment. Times are ms; NaN stands for not known yet, "" for none.
///
/// @param taskId its id
/// @param sequence position in the order of submission
/// @param model model that must run it
/// @param traits how it wants to be treated
/// @param status where it is in its life
/// @param instance uuid of its instance
/// @param attempt how often it has been given to one
/// @param strategy strategy that placed it
/// @param strategyFallback whether it stood in for one that failed
/// @param demoted whether it stepped back because it could not meet its objective
/// @param prediction execution time that was predicted when it was placed
/// @param submitUnix when it was submitted, Unix seconds
/// @param waitMs from submission to the start of execution
/// @param executionMs time it executed
/// @param totalMs from submission to completion
/// @param replica replica that runs or ran it
/// @param success whether it succeeded; false before it is completed
/// @param error why it failed
/// @param fault what happened when it failed
/// @param output what it put out; [OutputFigures#NONE] before it is completed
/// @param payload its input; [Payload#NONE] once it is completed
/// @param result what the model answered
public record TaskSnapshot(
    String taskId,
    long sequence,
    String model,
    TaskTraits traits,
    TaskStatus status,
    String instance,
    int attempt,
    String strategy,
    boolean strategyFallback,
    boolean demoted,
    Prediction prediction,
    double submitUnix,
    double waitMs,
    double executionMs,
    double totalMs,
    String replica,
    boolean success,
    String error,
    Optional<Fault> fault,
    OutputFigures output,
    Payload payload,
    Payload result) {
  /// A predicted execution time.
  ///
  /// @param meanMs mean
  /// @param errorMs standard deviation
  /// @param method where it came from
  /// @param fallback whether it stands in for a predictor that did not answer well or could not
  ///   tell
  public record Prediction(double meanMs, double errorMs, String method, boolean fallback) {
    /// None yet.
    public static final Prediction NONE = new Prediction(Double.NaN, Double.NaN, "", false);
  }
}
