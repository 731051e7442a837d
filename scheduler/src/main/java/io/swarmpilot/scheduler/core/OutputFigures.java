package io.swarmpilot.scheduler.core;

/// What an execution put out, in numbers; times are ms from its start, NaN for what there was none
/// of.
///
/// @param pieces pieces of output, >= 0
/// @param firstMs time to the first piece; NaN without pieces
/// @param gapMeanMs mean time between pieces; this and the other gaps are NaN below two pieces
/// @param gapP50Ms median time between pieces
/// @param gapP99Ms time that 99 in 100 of the gaps do not exceed
/// @param gapMaxMs longest time between pieces
/// @param promptTokens tokens of the input; negative when not known
/// @param completionTokens tokens of the output; negative when not known
public record OutputFigures(
    int pieces,
    double firstMs,
    double gapMeanMs,
    double gapP50Ms,
    double gapP99Ms,
    double gapMaxMs,
    long promptTokens,
    long completionTokens) {
  /// Of an execution that told nothing.
  public static final OutputFigures NONE =
      new OutputFigures(0, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, -1, -1);
}
