package io.swarmpilot.benchmark.load.drive;

import static io.swarmpilot.benchmark.load.drive.Truth.ms;

import io.swarmpilot.benchmark.load.Api;
import io.swarmpilot.benchmark.load.Arrival;
import io.swarmpilot.benchmark.load.Phases;
import io.swarmpilot.benchmark.measure.Measurement;
import io.swarmpilot.benchmark.measure.Metric;
import io.swarmpilot.benchmark.mock.Freeze;
import io.swarmpilot.benchmark.mock.MockScript;
import java.time.Duration;
import java.util.Locale;

/// Prints what an open and a closed loop measure of a server that freezes for 10 s of 60 s, in real
/// time: the command is in docs/benchmark.md.
public final class FreezeTruth {
  private FreezeTruth() {}

  /// Runs both, one after the other.
  public static void main(String... arguments) {
    MockScript script =
        MockScript.FAST
            .withTimes(1, ms(10), Duration.ZERO)
            .withFreezes(new Freeze(Duration.ofSeconds(25), Duration.ofSeconds(10)));
    Phases phases = new Phases(Duration.ofSeconds(5), Duration.ofSeconds(60), Duration.ZERO);
    print("open", Truth.measure(script, Api.OPENAI_CHAT, Truth.even(9), phases));
    print("closed", Truth.measure(script, Api.OPENAI_CHAT, new Arrival.Closed(1, ms(100)), phases));
  }

  private static void print(String loop, Measurement measured) {
    System.out.println(
        String.format(
            Locale.ROOT,
            "%-6s loop: %d requests, mean %.0f ms, p50 %.0f ms, p99 %.0f ms, most %.0f ms",
            loop,
            measured.series(Metric.RESPONSE).count(),
            measured.series(Metric.RESPONSE).meanMs(),
            measured.series(Metric.RESPONSE).quantileMs(0.5),
            measured.series(Metric.RESPONSE).quantileMs(0.99),
            measured.series(Metric.RESPONSE).mostMs()));
  }
}
