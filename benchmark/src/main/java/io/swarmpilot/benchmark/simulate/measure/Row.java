package io.swarmpilot.benchmark.simulate.measure;

import java.util.List;
import java.util.function.ToDoubleFunction;

/// How one policy did under one load. The first tenth of the tasks is not counted. Times are s.
/// Slowdown is the response time over the time the task takes alone on the fastest hardware.
///
/// @param policy name of the policy or reference
/// @param load arrival rate over what the fleet can do
/// @param meanS mean response time
/// @param p50S median of it
/// @param p95S its 95th percentile
/// @param p99S its 99th percentile
/// @param slowdownMean mean slowdown
/// @param slowdownP99 its 99th percentile
/// @param within3x share of all tasks with a slowdown of at most 3, those dropped included
/// @param within5x the same with 5
/// @param withinBound the same with the bound that was asked about
/// @param maxWaitS longest time until a task had a slot
/// @param jain fairness, (Σ slowdown)² / (n Σ slowdown²): 1 when all are slowed alike
/// @param dropped tasks that did not end well
/// @param firstTokenMeanS mean time until the first token
/// @param firstTokenWithin1s share of all tasks whose first token came within 1 s
/// @param cost price of the time of replicas that 1,000 tasks took; NaN without prices
/// @param makespanS from the first arrival to the last end, none left out
/// @param cachedShare share of all input tokens that was cached
/// @param tasks tasks counted
/// @param reference whether it is no policy but something to compare with
public record Row(
    String policy,
    double load,
    double meanS,
    double p50S,
    double p95S,
    double p99S,
    double slowdownMean,
    double slowdownP99,
    double within3x,
    double within5x,
    double withinBound,
    double maxWaitS,
    double jain,
    double dropped,
    double firstTokenMeanS,
    double firstTokenWithin1s,
    double cost,
    double makespanS,
    double cachedShare,
    double tasks,
    boolean reference) {
  /// Share of all tasks with a slowdown above 3, those dropped included.
  public double misses3x() {
    return 1 - within3x;
  }

  /// The mean of rows of one policy and load that differ by their seed.
  public static Row mean(List<Row> rows) {
    Row first = rows.getFirst();
    return new Row(
        first.policy,
        first.load,
        mean(rows, Row::meanS),
        mean(rows, Row::p50S),
        mean(rows, Row::p95S),
        mean(rows, Row::p99S),
        mean(rows, Row::slowdownMean),
        mean(rows, Row::slowdownP99),
        mean(rows, Row::within3x),
        mean(rows, Row::within5x),
        mean(rows, Row::withinBound),
        mean(rows, Row::maxWaitS),
        mean(rows, Row::jain),
        mean(rows, Row::dropped),
        mean(rows, Row::firstTokenMeanS),
        mean(rows, Row::firstTokenWithin1s),
        mean(rows, Row::cost),
        mean(rows, Row::makespanS),
        mean(rows, Row::cachedShare),
        mean(rows, Row::tasks),
        first.reference);
  }

  private static double mean(List<Row> rows, ToDoubleFunction<Row> value) {
    return rows.stream().mapToDouble(value).sum() / rows.size();
  }
}
