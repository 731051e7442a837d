package io.swarmpilot.benchmark.simulate.plan;

/// What one policy needs, or carries. Bounds are those of the 95 % confidence interval.
///
/// @param policy name of the policy
/// @param found whether the promise can be kept at all within the bounds of the search
/// @param replicas smallest fleet that keeps the promise, or the fleet given
/// @param fewest smallest fleet that perhaps keeps it
/// @param most smallest fleet that surely keeps it
/// @param load highest load at which the promise is kept, or the one the trace has on that fleet
/// @param lowest highest load at which it surely is
/// @param highest highest load at which it perhaps is
/// @param ratePerS tasks a second
/// @param attained share of tasks that keep it there
/// @param costPer1000 price of the fleet for the time in which 1,000 tasks arrive; NaN without
///   prices
public record Advice(
    String policy,
    boolean found,
    int replicas,
    int fewest,
    int most,
    double load,
    double lowest,
    double highest,
    double ratePerS,
    double attained,
    double costPer1000) {
  static Advice none(String policy, double ratePerS) {
    return new Advice(
        policy,
        false,
        0,
        0,
        0,
        Double.NaN,
        Double.NaN,
        Double.NaN,
        ratePerS,
        Double.NaN,
        Double.NaN);
  }
}
