package io.swarmpilot.taskinstance.backend;

/// When an execution showed its output, ms; NaN for what there was none of.
///
/// @param pieces pieces of output, >= 0
/// @param firstMs time from the start to the first piece; NaN without pieces
/// @param lastMs time from the start to the last piece; NaN without pieces
/// @param gapMeanMs mean time between pieces; this and the following are NaN below two pieces
/// @param gapP50Ms median time between pieces
/// @param gapP99Ms time that 99 in 100 of the gaps do not exceed
/// @param gapMaxMs longest time between pieces
public record OutputTimes(
    int pieces,
    double firstMs,
    double lastMs,
    double gapMeanMs,
    double gapP50Ms,
    double gapP99Ms,
    double gapMaxMs) {
  /// Of an execution that showed nothing.
  public static final OutputTimes NONE =
      new OutputTimes(0, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
}
