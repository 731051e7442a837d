package io.swarmpilot.benchmark.load;

import java.util.ArrayDeque;
import java.util.Deque;

/// Notices a server that falls further and further behind an open loop: over the last half minute
/// both the requests in flight and the response times have risen, surely and by much.
public final class Saturation {
  private static final int LEAST = 15;
  private static final int LAST = 30;
  // A slope this many standard errors above 0 is chance in one of a thousand.
  private static final double SURE = 3.4;
  private static final double BY_MUCH = 0.5;

  private final Deque<Double> inFlight = new ArrayDeque<>();
  private final Deque<Double> responses = new ArrayDeque<>();

  /// A second is over.
  ///
  /// @param requests in flight at its end
  /// @param meanResponse of the requests that ended in it; NaN when none did
  /// @return whether the server falls behind
  public boolean add(double requests, double meanResponse) {
    push(inFlight, requests);
    if (!Double.isNaN(meanResponse)) {
      push(responses, meanResponse);
    }
    return rises(inFlight) && rises(responses);
  }

  private static void push(Deque<Double> values, double value) {
    values.addLast(value);
    if (values.size() > LAST) {
      double _ = values.removeFirst();
    }
  }

  private static boolean rises(Deque<Double> values) {
    int n = values.size();
    if (n < LEAST) {
      return false;
    }
    double meanX = (n - 1) / 2.0;
    double meanY = values.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    double xx = 0;
    double xy = 0;
    double yy = 0;
    int x = 0;
    for (double y : values) {
      xx += (x - meanX) * (x - meanX);
      xy += (x - meanX) * (y - meanY);
      yy += (y - meanY) * (y - meanY);
      x++;
    }
    double slope = xy / xx;
    double left = Math.max(0, yy - slope * xy);
    double standardError = Math.sqrt(left / (n - 2) / xx);
    return slope > SURE * standardError && slope * (n - 1) > BY_MUCH * meanY;
  }
}
