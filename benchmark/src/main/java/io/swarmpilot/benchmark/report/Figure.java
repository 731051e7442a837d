package io.swarmpilot.benchmark.report;

import io.swarmpilot.benchmark.measure.Count;
import io.swarmpilot.benchmark.measure.Measurement;
import io.swarmpilot.benchmark.measure.Metric;
import io.swarmpilot.benchmark.measure.Series;
import java.util.function.ToDoubleFunction;

/// The figures that tables show and comparisons compare.
public enum Figure {
  /// Requests that were due.
  REQUESTS("requests", "requests", Better.NEITHER, m -> m.count(Count.ATTEMPTED)),
  /// Requests that ended well, by second.
  THROUGHPUT("throughput_rps", "req/s", Better.HIGHER, Measurement::throughput),
  /// Output tokens of these, by second.
  OUTPUT_TOKENS(
      "output_tokens_per_s", "tok/s", Better.HIGHER, m -> m.perSecond(Count.OUTPUT_TOKENS)),
  /// Requests that met every objective, by second.
  GOODPUT("goodput_rps", "good/s", Better.HIGHER, m -> m.perSecond(Count.GOOD)),
  /// The same by requests that were due.
  GOOD_SHARE("good_share", "good", Better.HIGHER, Measurement::goodShare),
  /// Failures by requests that were due.
  ERROR_SHARE("error_share", "errors", Better.LOWER, Measurement::errorShare),
  /// Mean response time from the intended start.
  RESPONSE_MEAN("response_mean_ms", "mean ms", Better.LOWER, m -> response(m).meanMs()),
  /// Median of it.
  RESPONSE_P50("response_p50_ms", "p50 ms", Better.LOWER, m -> response(m).quantileMs(0.5)),
  /// 90th percentile of it.
  RESPONSE_P90("response_p90_ms", "p90 ms", Better.LOWER, m -> response(m).quantileMs(0.9)),
  /// 99th percentile of it.
  RESPONSE_P99("response_p99_ms", "p99 ms", Better.LOWER, m -> response(m).quantileMs(0.99)),
  /// 99th percentile from the actual send.
  SERVICE_P99("service_p99_ms", "service p99 ms", Better.LOWER, quantile(Metric.SERVICE, 0.99)),
  /// Median time to the first output.
  FIRST_OUTPUT_P50("ttft_p50_ms", "TTFT p50 ms", Better.LOWER, quantile(Metric.FIRST_OUTPUT, 0.5)),
  /// 99th percentile of it.
  FIRST_OUTPUT_P99("ttft_p99_ms", "TTFT p99 ms", Better.LOWER, quantile(Metric.FIRST_OUTPUT, 0.99)),
  /// Median gap between outputs.
  GAP_P50("itl_p50_ms", "ITL p50 ms", Better.LOWER, quantile(Metric.GAP, 0.5)),
  /// 99th percentile of it.
  GAP_P99("itl_p99_ms", "ITL p99 ms", Better.LOWER, quantile(Metric.GAP, 0.99)),
  /// The longest gap of all.
  GAP_MOST("itl_max_ms", "ITL max ms", Better.LOWER, m -> m.series(Metric.GAP).mostMs()),
  /// Median time by output token after the first.
  PER_TOKEN_P50("tpot_p50_ms", "TPOT p50 ms", Better.LOWER, quantile(Metric.PER_TOKEN, 0.5)),
  /// How late requests were sent, 99th percentile.
  LAG_P99("schedule_lag_p99_ms", "lag p99 ms", Better.NEITHER, quantile(Metric.LAG, 0.99));

  private final String key;
  private final String heading;
  private final Better better;

  @SuppressWarnings("ImmutableEnumChecker") // Only functions without state are passed in above.
  private final ToDoubleFunction<Measurement> value;

  Figure(String key, String heading, Better better, ToDoubleFunction<Measurement> value) {
    this.key = key;
    this.heading = heading;
    this.better = better;
    this.value = value;
  }

  /// Its name in files.
  public String key() {
    return key;
  }

  /// Its name in tables.
  String heading() {
    return heading;
  }

  /// What is preferred.
  Better better() {
    return better;
  }

  /// Its value.
  public double of(Measurement measured) {
    return value.applyAsDouble(measured);
  }

  /// Its value for people; "-" where nothing was measured.
  String text(Measurement measured) {
    double number = of(measured);
    if (isShare()) {
      return Numbers.percent(number);
    }
    if (this == REQUESTS) {
      return Numbers.format("%,.0f", number);
    }
    return number == 0 && better == Better.LOWER ? "-" : Numbers.text(number);
  }

  private boolean isShare() {
    return this == GOOD_SHARE || this == ERROR_SHARE;
  }

  private static Series response(Measurement measured) {
    return measured.series(Metric.RESPONSE);
  }

  private static ToDoubleFunction<Measurement> quantile(Metric metric, double share) {
    return measured -> measured.series(metric).quantileMs(share);
  }

  /// Which of two values is preferred.
  enum Better {
    /// The lower one.
    LOWER,
    /// The higher one.
    HIGHER,
    /// It says nothing about quality.
    NEITHER
  }
}
