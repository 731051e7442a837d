package io.swarmpilot.benchmark.simulate.report;

import com.google.common.collect.ImmutableList;
import io.swarmpilot.benchmark.simulate.measure.Row;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/// The figures of a row, each with its name in JSON and in tables.
public enum Columns {
  /// Mean response time, s.
  MEAN("mean_s", "mean s", Row::meanS),
  /// Median of it.
  P50("p50_s", "p50 s", Row::p50S),
  /// Its 95th percentile.
  P95("p95_s", "p95 s", Row::p95S),
  /// Its 99th percentile.
  P99("p99_s", "p99 s", Row::p99S),
  /// Mean slowdown.
  SLOWDOWN("slowdown_mean", "slowdown", Row::slowdownMean),
  /// Its 99th percentile.
  SLOWDOWN_P99("slowdown_p99", "p99 slowdown", Row::slowdownP99),
  /// Share of tasks with a slowdown of at most 3.
  WITHIN_3X("within_3x", "within 3x", Row::within3x),
  /// The same with 5.
  WITHIN_5X("within_5x", "within 5x", Row::within5x),
  /// Longest wait, s.
  MAX_WAIT("max_wait_s", "max wait s", Row::maxWaitS),
  /// Fairness of slowdowns, 1 at best.
  JAIN("jain", "fairness", Row::jain),
  /// Tasks dropped.
  DROPPED("dropped", "dropped", Row::dropped),
  /// Mean time until the first token, s.
  FIRST_TOKEN("first_token_mean_s", "first token s", Row::firstTokenMeanS),
  /// Share of tasks whose first token came within a second.
  FIRST_TOKEN_1S("first_token_within_1s", "within 1 s", Row::firstTokenWithin1s),
  /// Price of 1,000 tasks.
  COST("cost_per_1000", "per 1,000", Row::cost),
  /// Until the last task ended, s.
  MAKESPAN("makespan_s", "makespan s", Row::makespanS),
  /// Share of input tokens that was cached.
  CACHED("cached_share", "cached", Row::cachedShare),
  /// Tasks counted.
  TASKS("tasks", "tasks", Row::tasks);

  /// What people are shown unless they ask for more.
  public static final ImmutableList<Columns> MAIN =
      ImmutableList.of(
          MEAN,
          P50,
          P95,
          P99,
          SLOWDOWN,
          SLOWDOWN_P99,
          WITHIN_3X,
          WITHIN_5X,
          MAX_WAIT,
          JAIN,
          DROPPED);

  private final String json;
  private final String heading;

  @SuppressWarnings("ImmutableEnumChecker") // Only references to methods are passed in above.
  private final ToDoubleFunction<Row> value;

  Columns(String json, String heading, ToDoubleFunction<Row> value) {
    this.json = json;
    this.heading = heading;
    this.value = value;
  }

  /// Name in JSON.
  public String json() {
    return json;
  }

  /// Heading of the column.
  public String heading() {
    return heading;
  }

  /// The figure; NaN when it is not known.
  public double of(Row row) {
    return value.applyAsDouble(row);
  }

  /// The figure for people.
  public String text(Row row) {
    double figure = of(row);
    if (!Double.isFinite(figure)) {
      return "-";
    }
    String format =
        switch (this) {
          case WITHIN_3X, WITHIN_5X, FIRST_TOKEN_1S, CACHED -> "%.4f";
          case SLOWDOWN -> "%.3f";
          case DROPPED, TASKS -> "%.0f";
          default -> "%.2f";
        };
    return String.format(Locale.ROOT, format, figure);
  }
}
