package io.swarmpilot.benchmark.load;

import com.google.common.collect.ImmutableList;
import io.swarmpilot.benchmark.measure.Count;
import io.swarmpilot.benchmark.measure.Measurement;
import io.swarmpilot.benchmark.measure.Metric;
import io.swarmpilot.benchmark.measure.Series;
import java.util.Locale;

/// Whether a measurement says something about the server.
///
/// @param reasons why it does not, sentences; none when it does
public record Validity(ImmutableList<String> reasons) {
  private static final double LAG_SHARE = 0.99;

  /// Judges what a plan measured.
  public static Validity of(LoadPlan plan, Measurement measured) {
    ImmutableList.Builder<String> reasons = ImmutableList.builder();
    Series lag = measured.series(Metric.LAG);
    double most = plan.limits().maxLag().toNanos() / 1e6;
    if (lag.quantileMs(LAG_SHARE) > most) {
      reasons.add(
          String.format(
              Locale.ROOT,
              "the generator fell behind: 99 %% of the requests were sent within %.1f ms of when they"
                  + " were due, which must not be above %.1f ms",
              lag.quantileMs(LAG_SHARE),
              most));
    }
    if (measured.count(Count.ATTEMPTED) == 0) {
      reasons.add("no request was due in the measured window");
    }
    return new Validity(reasons.build());
  }

  /// Whether it does.
  public boolean isValid() {
    return reasons.isEmpty();
  }
}
